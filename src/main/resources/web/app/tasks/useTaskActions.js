import { dueText } from '../page/dates';
import { useNotices } from '../page/Notices';
import { keyOf } from './TaskList';

/**
 * What can be done with the tasks of a list. Notices say how it went.
 *
 * @param onConflict gets {known, changes, current} where a task was changed elsewhere while it was changed here
 */
export function useTaskActions(list, onConflict) {
  const { tell, warn } = useNotices();

  const change = async (known, changes) => {
    try {
      await list.change(known, changes);
    } catch (e) {
      if (!e.current) throw e;
      onConflict({ known, changes, current: e.current });
    }
  };

  const complete = async (task, isCompleted) => {
    try {
      const { next } = await list.complete(task, isCompleted);
      if (next) tell(`“${task.title}” comes again: due ${dueText(next.due_at)}.`);
    } catch (e) {
      warn(e, `“${task.title}” was not changed.`);
    }
  };

  const completeAll = (isCompleted) => list.completeAll(isCompleted).catch((e) => warn(e, 'Not all were changed.'));

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

  const clearCompleted = async () => {
    try {
      const ids = await list.clearCompleted();
      tell(`Deleted ${ids.length} completed ${ids.length === 1 ? 'task' : 'tasks'}.`, undo(ids));
      document.querySelector('.new-todo')?.focus();
    } catch (e) {
      warn(e, 'Nothing was deleted.');
    }
  };

  return { change, complete, completeAll, remove, clearCompleted };
}

/** Where the focus goes on when its task is deleted: to the next one, else the one before, else to the input. */
function focusNeighbour(task) {
  const item = document.getElementById(`task-${keyOf(task)}`);
  if (!item?.contains(document.activeElement)) return;
  const neighbour = item.nextElementSibling ?? item.previousElementSibling;
  (neighbour?.querySelector('.destroy') ?? document.querySelector('.new-todo')).focus();
}
