import { href } from '../page/route';
import { addressOf } from './view';

/** The number of open tasks, the filters, and the button that clears completed tasks. */
export function Summary({ view, open, completed, onClear }) {
  const filter = (path, text) => (
    <li>
      <a
        href={href(path, addressOf(view))}
        className={view.path === path ? 'selected' : undefined}
        aria-current={view.path === path ? 'true' : undefined}
      >
        {text}
      </a>
    </li>
  );
  return (
    <footer className="footer">
      <p className="todo-count" data-testid="todo-count" role="status">
        <strong>{open}</strong> {open === 1 ? 'item' : 'items'} left
      </p>
      <nav aria-label="Show">
        <ul className="filters">
          {filter('/', 'All')}
          {filter('/active', 'Active')}
          {filter('/completed', 'Completed')}
        </ul>
      </nav>
      {completed > 0 && (
        <button type="button" className="clear-completed link" onClick={onClear}>
          Clear completed
        </button>
      )}
    </footer>
  );
}
