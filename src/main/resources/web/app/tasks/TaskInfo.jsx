import { memo } from 'react';
import { dueText } from '../page/dates';
import { Icon } from '../page/Icon';
import { href, useRoute } from '../page/route';
import { ruleText } from './recurrence';
import { addressOf, isOverdue, PRIORITIES, viewOf } from './view';

/** Due date, recurrence, priority, tags and description of a task. */
export const TaskInfo = memo(function TaskInfo({ task }) {
  const { due_at: due, priority, tags, recurrence, description } = task;
  if (!due && priority === 'medium' && tags.length === 0 && !description) return null;
  const late = isOverdue(task);
  return (
    <ul className="marks">
      {due && (
        <li className={late ? 'late' : undefined}>
          <Icon name="due" />
          <time dateTime={due}>{late ? `Overdue: ${dueText(due)}` : dueText(due)}</time>
        </li>
      )}
      {recurrence && (
        <li>
          <Icon name="repeat" />
          {ruleText(recurrence)}
        </li>
      )}
      {priority !== 'medium' && (
        <li className={priority}>
          <Icon name={priority} />
          {PRIORITIES[priority]} priority
        </li>
      )}
      {tags.map((tag) => (
        <li key={tag}>
          <TagLink tag={tag} />
        </li>
      ))}
      {description && <li className="description">{description}</li>}
    </ul>
  );
});

function TagLink({ tag }) {
  const view = viewOf(useRoute());
  const tags = [...new Set([...view.tags, tag])];
  return (
    <a className="tag" href={href(view.path, addressOf({ ...view, tags }))}>
      {tag}
    </a>
  );
}
