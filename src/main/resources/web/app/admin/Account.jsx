import { momentText } from '../page/dates';
import { options } from '../page/Select';

export const ROLES = { user: 'User', admin: 'Administrator' };

export function Account({ user, isSelf, onChange, onDelete }) {
  const { email, role, disabled, created_at: created, last_login_at: lastLogin, task_count: count } = user;
  return (
    <li data-testid="user">
      <div className="words">
        <strong>{email}</strong>
        {isSelf && <span className="badge">You</span>}
        {disabled && <span className="badge late">Disabled</span>}
        <p className="hint">
          Created {momentText(created)} ·{' '}
          {lastLogin ? `last sign-in ${momentText(lastLogin)}` : 'never signed in'} ·{' '}
          {count} {count === 1 ? 'task' : 'tasks'}
        </p>
      </div>
      <div className="controls">
        <select
          aria-label={`Role of ${email}`}
          value={role}
          onChange={(event) => onChange(user, { role: event.target.value }, `The role of ${email} was changed.`)}
        >
          {options(ROLES)}
        </select>
        <button
          type="button"
          aria-label={`${disabled ? 'Enable' : 'Disable'} ${email}`}
          onClick={() => onChange(user, { disabled: !disabled }, `${email} was ${disabled ? 'enabled' : 'disabled'}.`)}
        >
          {disabled ? 'Enable' : 'Disable'}
        </button>
        <button type="button" className="danger" aria-label={`Delete ${email}`} onClick={onDelete}>
          Delete
        </button>
      </div>
    </li>
  );
}
