import { useRef, useState } from 'react';
import { Icon } from '../page/Icon';
import { useNotices } from '../page/Notices';
import { TaskInfo } from './TaskInfo';
import { keyOf } from './TaskList';
import { TitleEditor } from './TitleEditor';

export function TaskItem({ task, onChange, onComplete, onRemove, onDetails }) {
  // The task as it was when editing began, and the title that could not be saved
  const [edited, setEdited] = useState(null);
  const [unsaved, setUnsaved] = useState(null);
  const toggle = useRef(null);
  const { warn } = useNotices();
  const titleId = `title-${keyOf(task)}`;

  const edit = () => setEdited(task);
  const finish = async (title, withKeyboard) => {
    setEdited(null);
    setUnsaved(null);
    if (withKeyboard) requestAnimationFrame(() => toggle.current?.focus());
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
            <TaskInfo task={task} />
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
