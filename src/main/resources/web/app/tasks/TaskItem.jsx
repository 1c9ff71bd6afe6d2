import { memo, useEffect, useRef, useState } from 'react';
import { Icon } from '../page/Icon';
import { useNotices } from '../page/Notices';
import { href, useRoute } from '../page/route';
import { dueText } from './dates';
import { ruleText } from './recurrence';
import { keyOf } from './TaskList';
import { addressOf, isOverdue, PRIORITIES, viewOf } from './view';

export function TaskItem({ task, onChange, onComplete, onRemove, onDetails }) {
  // What the user saw when editing began, and what is typed if that could not be saved
  const [edited, setEdited] = useState(null);
  const [unsaved, setUnsaved] = useState(null);
  const toggle = useRef(null);
  const { warn } = useNotices();
  const titleId = `title-${keyOf(task)}`;

  const edit = () => setEdited(task);
  const finish = async (title, byKey) => {
    setEdited(null);
    setUnsaved(null);
    if (byKey) requestAnimationFrame(() => toggle.current?.focus());
    if (title === undefined || title === edited.title) return;
    if (title === '') {
      onRemove(task);
      return;
    }
    try {
      await onChange(edited, { title });
    } catch (e) {
      warn(e, `“${edited.title}” was not changed.`);
      setUnsaved(title);
      setEdited(edited);
    }
  };

  const className = [task.completed && 'completed', edited && 'editing'].filter(Boolean).join(' ');
  return (
    <li
      id={`task-${keyOf(task)}`}
      data-testid="todo-item"
      className={className || undefined}
      aria-busy={task.isNew || undefined}
    >
      {edited ? (
        <TitleEditor title={unsaved ?? edited.title} onFinish={finish} />
      ) : (
        <div className="view" onDoubleClick={edit}>
          <input
            ref={toggle}
            className="toggle"
            type="checkbox"
            aria-label="Toggle Todo"
            aria-describedby={titleId}
            checked={task.completed}
            onChange={(event) => onComplete(task, event.target.checked)}
            onKeyDown={(event) => event.key === 'Enter' && edit()}
          />
          <div className="words">
            <label id={titleId} data-testid="todo-title">
              {task.title}
            </label>
            <Marks task={task} />
          </div>
          <div className="controls">
            <Control name="Edit" icon="edit" titleId={titleId} onClick={edit} />
            <Control name="Details" icon="details" titleId={titleId} onClick={() => onDetails(task)} />
            <Control
              name="Delete"
              icon="remove"
              className="destroy"
              titleId={titleId}
              onClick={() => onRemove(task)}
            />
          </div>
        </div>
      )}
    </li>
  );
}

function Control({ name, icon, className = '', titleId, ...rest }) {
  return (
    <button
      type="button"
      className={`icon ${className}`}
      aria-label={name}
      title={name}
      aria-describedby={titleId}
      {...rest}
    >
      <Icon name={icon} />
    </button>
  );
}

/** Enter and leaving it save, Escape does not. */
function TitleEditor({ title, onFinish }) {
  const input = useRef(null);
  const isDone = useRef(false);

  useEffect(() => {
    input.current.focus();
    input.current.setSelectionRange(title.length, title.length);
  }, [title]);

  const finish = (value, byKey) => {
    if (isDone.current) return;
    isDone.current = true;
    onFinish(value, byKey);
  };
  const onKeyDown = (event) => {
    // While an input method composes, these keys are for it
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      // Else it would press the button that has the focus next
      event.preventDefault();
      finish(input.current.value.trim(), true);
    }
    if (event.key === 'Escape') finish(undefined, true);
  };
  return (
    <input
      ref={input}
      className="edit"
      aria-label="Edit"
      defaultValue={title}
      maxLength={200}
      onKeyDown={onKeyDown}
      onBlur={() => finish(input.current.value.trim(), false)}
      autoComplete="off"
    />
  );
}

/** What there is to know about the task beyond its title. */
const Marks = memo(function Marks({ task }) {
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
