import { useEffect, useState, useSyncExternalStore } from 'react';
import { followTasks } from '../services/taskEvents';
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
    const isLookedAt = () => document.visibilityState === 'visible';
    let following;
    // A tab that nobody looks at may be put to sleep, and must not keep the others waiting: it catches up later
    const follow = () => {
      following?.abort();
      following = new AbortController();
      if (isLookedAt()) followTasks(userId, (change) => list.follow(change), following.signal);
    };
    const lookAgain = () => {
      follow();
      if (isLookedAt()) list.refresh();
    };
    follow();
    document.addEventListener('visibilitychange', lookAgain);
    addEventListener('online', lookAgain);
    return () => {
      following.abort();
      list.close();
      document.removeEventListener('visibilitychange', lookAgain);
      removeEventListener('online', lookAgain);
    };
  }, [list, userId]);

  return [list, snapshot];
}
