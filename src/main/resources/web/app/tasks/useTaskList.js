import { useEffect, useState, useSyncExternalStore } from 'react';
import { followTasks } from '../services/liveTasks';
import { TaskList } from './TaskList';
import { addressOf } from './view';

/** The list for the view, following what happens elsewhere. */
export function useTaskList(view, userId) {
  const [list] = useState(() => new TaskList());
  const snapshot = useSyncExternalStore(list.subscribe, list.snapshot);

  const address = `${view.path}?${addressOf(view)}`;
  useEffect(() => {
    list.open(view);
    // The address says all about the view, which is a new object each time
  }, [list, address]);

  useEffect(() => {
    const end = new AbortController();
    followTasks(userId, (change) => list.follow(change), end.signal);
    const lookAgain = () => document.visibilityState === 'visible' && list.refresh();
    document.addEventListener('visibilitychange', lookAgain);
    addEventListener('online', lookAgain);
    return () => {
      end.abort();
      list.close();
      document.removeEventListener('visibilitychange', lookAgain);
      removeEventListener('online', lookAgain);
    };
  }, [list, userId]);

  return [list, snapshot];
}
