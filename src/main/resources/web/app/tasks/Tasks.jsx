import { useCallback, useMemo, useState } from 'react';
import { useNotices } from '../page/Notices';
import { href, useRoute } from '../page/route';
import { Conflict } from './Conflict';
import { dueText } from './dates';
import { Filters } from './Filters';
import { MoreBelow } from './MoreBelow';
import { NewTask } from './NewTask';
import { TaskDetails } from './TaskDetails';
import { TaskItem } from './TaskItem';
import { keyOf } from './TaskList';
import { Transfer } from './Transfer';
import { useTaskList } from './useTaskList';
import { addressOf, isFiltered, viewOf } from './view';

export function Tasks({ user }) {
  const route = useRoute();
  const view = useMemo(() => viewOf(route), [route]);
  const [list, { tasks, open, completed, hasMore, state, error }] = useTaskList(view, user.id);
  const { tell, warn } = useNotices();
  const [detailed, setDetailed] = useState(null);
  const [conflict, setConflict] = useState(null);

  const change = useCallback(
    async (known, changes) => {
      try {
        await list.change(known, changes);
      } catch (e) {
        if (!e.current) throw e;
        setConflict({ known, changes, current: e.current });
      }
    },
    [list],
  );

  const complete = async (task, isCompleted) => {
    try {
      const { next } = await list.complete(task, isCompleted);
      if (next) tell(`“${task.title}” comes again: due ${dueText(next.due_at)}.`);
    } catch (e) {
      warn(e, `“${task.title}” was not changed.`);
    }
  };

  const undo = (ids) => ({ label: 'Undo', run: () => list.restore(ids).catch((e) => warn(e, 'Not brought back.')) });

  const remove = async (task) => {
    focusNeighbour(task);
    try {
      const id = await list.remove(task);
      tell(`Deleted “${task.title}”.`, undo([id]));
    } catch (e) {
      warn(e, `“${task.title}” was not deleted.`);
    }
  };

  const clear = async () => {
    try {
      const ids = await list.clearCompleted();
      tell(`Deleted ${ids.length} completed ${ids.length === 1 ? 'task' : 'tasks'}.`, undo(ids));
      document.querySelector('.new-todo')?.focus();
    } catch (e) {
      warn(e, 'Nothing was deleted.');
    }
  };

  const isAllCompleted = tasks.length > 0 && tasks.every((task) => task.completed);
  const completeAll = () => list.completeAll(!isAllCompleted).catch((e) => warn(e, 'Not all were changed.'));

  const hasAny = open + completed > 0;
  const tab = (path, text) => (
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
              onChange={completeAll}
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
        {hasMore && <MoreBelow isLoading={state === 'loading-more'} onMore={() => list.loadMore()} />}
      </section>
      {hasAny && (
        <footer className="footer">
          <p className="todo-count" data-testid="todo-count" role="status">
            <strong>{open}</strong> {open === 1 ? 'item' : 'items'} left
          </p>
          <nav aria-label="Show">
            <ul className="filters">
              {tab('/', 'All')}
              {tab('/active', 'Active')}
              {tab('/completed', 'Completed')}
            </ul>
          </nav>
          {completed > 0 && (
            <button type="button" className="clear-completed link" onClick={clear}>
              Clear completed
            </button>
          )}
        </footer>
      )}
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
        Nothing matches. <a href={href(view.path)}>Show everything</a>
      </p>
    );
  }
  if (view.path === '/active') return <p className="empty">All done.</p>;
  if (view.path === '/completed') return <p className="empty">Nothing completed yet.</p>;
  return hasAny ? null : <p className="empty">Nothing to do yet. Write down the first thing above.</p>;
}

/** Where the focus goes on when its task is deleted: to the next one, else the one before, else to the input. */
function focusNeighbour(task) {
  const item = document.getElementById(`task-${keyOf(task)}`);
  if (!item?.contains(document.activeElement)) return;
  const neighbour = item.nextElementSibling ?? item.previousElementSibling;
  (neighbour?.querySelector('.destroy') ?? document.querySelector('.new-todo')).focus();
}
