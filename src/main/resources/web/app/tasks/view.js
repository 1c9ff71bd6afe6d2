// Maps the URL to the tasks to show: #/active?q=milk&sort=due_at

export const SORTS = {
  created_at: 'Oldest first',
  '-created_at': 'Newest first',
  due_at: 'Due date',
  '-priority': 'Priority',
  title: 'Title',
  '-updated_at': 'Recently updated',
};
export const DUES = { overdue: 'Overdue', today: 'Due today', week: 'Due within a week' };
export const PRIORITIES = { high: 'High', medium: 'Medium', low: 'Low' };

const COMPLETED = { '/active': false, '/completed': true };
// The TodoMVC specification adds new tasks at the end
const DEFAULT_SORT = 'created_at';

export function viewOf({ path, query }) {
  const oneOf = (name, values) => (query.get(name) in values ? query.get(name) : '');
  return {
    path: path in COMPLETED ? path : '/',
    completed: COMPLETED[path],
    q: query.get('q') ?? '',
    tags: query.getAll('tag'),
    priority: oneOf('priority', PRIORITIES),
    due: oneOf('due', DUES),
    sort: oneOf('sort', SORTS) || DEFAULT_SORT,
  };
}

/** The URL parameters of the view. */
export function addressOf({ q, tags, priority, due, sort }) {
  const query = new URLSearchParams();
  if (q) query.set('q', q);
  tags.forEach((tag) => query.append('tag', tag));
  if (priority) query.set('priority', priority);
  if (due) query.set('due', due);
  if (sort !== DEFAULT_SORT) query.set('sort', sort);
  return query;
}

export const isFiltered = ({ q, tags, priority, due }) => Boolean(q || tags.length || priority || due);

/** The parameters of GET /tasks. */
export function queryOf({ completed, q, tags, priority, due, sort }, now = new Date()) {
  return { completed, q, tag: tags, priority, ...dueQuery(due, now), sort };
}

/** Whether the task belongs to the view. Ignores the search, which only the service can evaluate. */
export function shows(view, task, now = new Date()) {
  const due = task.due_at && new Date(task.due_at);
  const { due_after: after, due_before: before, overdue } = dueQuery(view.due, now);
  return (
    (view.completed === undefined || view.completed === task.completed) &&
    (!view.priority || view.priority === task.priority) &&
    view.tags.every((tag) => task.tags.includes(tag)) &&
    (!overdue || isOverdue(task, now)) &&
    (!after || (due && due >= new Date(after))) &&
    (!before || (due && due < new Date(before)))
  );
}

/** Whether both tasks have the same value in the field by which the view sorts. */
export function haveSameSortKey(view, one, other) {
  const field = view.sort.replace('-', '');
  return one[field] === other[field];
}

export const isOverdue = (task, now = new Date()) =>
  Boolean(task.due_at) && !task.completed && new Date(task.due_at) < now;

function dueQuery(due, now) {
  const midnight = (days) => new Date(now.getFullYear(), now.getMonth(), now.getDate() + days).toISOString();
  switch (due) {
    case 'overdue':
      return { overdue: true };
    case 'today':
      return { due_after: midnight(0), due_before: midnight(1) };
    case 'week':
      return { due_after: midnight(0), due_before: midnight(8) };
    default:
      return {};
  }
}
