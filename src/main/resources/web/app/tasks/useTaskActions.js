import { dueText } from '../page/dates';
import { useNotices } from '../page/Notices';
import { keyOf } from './TaskList';

/**
 * The actions on a list of tasks. They report their outcome in notices.
 *
 * @param onConflict receives {known, changes, current} if a task was changed both here and elsewhere
 */
export function useTaskActions(list, onConflict) {
  const { notify, warn } = useNotices();

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
      if (next) notify(`“${task.title}” is due again ${dueText(next.due_at)}.`);
    } catch (e) {
      warn(e, `“${task.title}” was not changed.`);
    }
  };

  const completeAll = (isCompleted) =>
    list.completeAll(isCompleted).catch((e) => warn(e, 'Some tasks were not changed.'));

  const undo = (ids) => ({
    label: 'Undo',
    run: () => list.restore(ids).catch((e) => warn(e, 'The deletion was not undone.')),
  });

  const remove = async (task) => {
    focusNeighbour(task);
    try {
      const id = await list.remove(task);
      notify(`Deleted “${task.title}”.`, undo([id]));
    } catch (e) {
      warn(e, `“${task.title}” was not deleted.`);
    }
  };

  const clearCompleted = async () => {
    try {
      const ids = await list.clearCompleted();
      notify(`Deleted ${ids.length} completed ${ids.length === 1 ? 'task' : 'tasks'}.`, undo(ids));
      document.querySelector('.new-todo')?.focus();
    } catch (e) {
      warn(e, 'Nothing was deleted.');
    }
  };

  return { change, complete, completeAll, remove, clearCompleted };
}

/** Before a task is deleted, moves the focus to the next one, the previous one or the input for a new task. */
function focusNeighbour(task) {
  const item = document.getElementById(`task-${keyOf(task)}`);
  if (!item?.contains(document.activeElement)) return;
  const neighbour = item.nextElementSibling ?? item.previousElementSibling;
  (neighbour?.querySelector('.destroy') ?? document.querySelector('.new-todo')).focus();
}
