import { useMemo, useState } from 'react';
import { href, useRoute } from '../page/route';
import { Conflict } from './Conflict';
import { Filters } from './Filters';
import { LoadMore } from './LoadMore';
import { NewTask } from './NewTask';
import { Summary } from './Summary';
import { TaskDetails } from './TaskDetails';
import { TaskItem } from './TaskItem';
import { keyOf } from './TaskList';
import { Transfer } from './Transfer';
import { useTaskActions } from './useTaskActions';
import { useTaskList } from './useTaskList';
import { isFiltered, viewOf } from './view';

export function Tasks({ user }) {
  const route = useRoute();
  const view = useMemo(() => viewOf(route), [route]);
  const [list, { tasks, open, completed, hasMore, state, error }] = useTaskList(view, user.id);
  const [detailed, setDetailed] = useState(null);
  const [conflict, setConflict] = useState(null);
  const { change, complete, completeAll, remove, clearCompleted } = useTaskActions(list, setConflict);

  const isAllCompleted = tasks.length > 0 && tasks.every((task) => task.completed);
  const hasAny = open + completed > 0;
  return (
    <div className="tasks todoapp">
      <NewTask list={list} view={view} />
      {(hasAny || isFiltered(view)) && <Filters view={view} />}
      <section className="main card" aria-label="Your tasks" aria-busy={state === 'loading'}>
        {tasks.length > 0 && (
          <div className="toggle-all-row">
            <input
              id="toggle-all"
              className="toggle-all"
              type="checkbox"
              checked={isAllCompleted}
              onChange={() => completeAll(!isAllCompleted)}
            />
            <label htmlFor="toggle-all">Mark all as complete</label>
          </div>
        )}
        <ul className="todo-list">
          {tasks.map((task) => (
            <TaskItem
              key={keyOf(task)}
              task={task}
              onChange={change}
              onComplete={complete}
              onRemove={remove}
              onDetails={setDetailed}
            />
          ))}
        </ul>
        {state === 'failed' && (
          <div className="empty" role="alert">
            <p>{error.message}</p>
            <button type="button" onClick={() => list.open(view)}>
              Try again
            </button>
          </div>
        )}
        {state === 'ready' && tasks.length === 0 && <Empty view={view} hasAny={hasAny} />}
        {hasMore && <LoadMore isLoading={state === 'loading-more'} onMore={() => list.loadMore()} />}
      </section>
      {hasAny && <Summary view={view} open={open} completed={completed} onClear={clearCompleted} />}
      <Transfer onImported={() => list.refresh()} />
      {detailed && <TaskDetails task={detailed} onSave={change} onClose={() => setDetailed(null)} />}
      {conflict && <Conflict {...conflict} list={list} onClose={() => setConflict(null)} />}
    </div>
  );
}

function Empty({ view, hasAny }) {
  if (isFiltered(view)) {
    return (
      <p className="empty">
        No tasks match. <a href={href(view.path)}>Show all tasks</a>
      </p>
    );
  }
  if (view.path === '/active') return <p className="empty">All done.</p>;
  if (view.path === '/completed') return <p className="empty">No completed tasks yet.</p>;
  return hasAny ? null : <p className="empty">No tasks yet. Add your first one above.</p>;
}
