import { useEffect, useState, useSyncExternalStore } from 'react';
import { followTasks } from '../services/taskEvents';
import { TaskList } from './TaskList';
import { addressOf } from './view';

/** The task list for the view, kept up to date with changes from elsewhere. */
export function useTaskList(view, userId) {
  const [list] = useState(() => new TaskList());
  const snapshot = useSyncExternalStore(list.subscribe, list.snapshot);

  const address = `${view.path}?${addressOf(view)}`;
  useEffect(() => {
    list.open(view);
    // The address identifies the view, which is a new object on each render
  }, [list, address]);

  useEffect(() => {
    const isVisible = () => document.visibilityState === 'visible';
    let following;
    // The browser may suspend a hidden tab, so it leaves listening to the others and catches up later
    const follow = () => {
      following?.abort();
      following = new AbortController();
      if (isVisible()) followTasks(userId, (change) => list.follow(change), following.signal);
    };
    const resume = () => {
      follow();
      if (isVisible()) list.refresh();
    };
    follow();
    document.addEventListener('visibilitychange', resume);
    addEventListener('online', resume);
    return () => {
      following.abort();
      list.close();
      document.removeEventListener('visibilitychange', resume);
      removeEventListener('online', resume);
    };
  }, [list, userId]);

  return [list, snapshot];
}
