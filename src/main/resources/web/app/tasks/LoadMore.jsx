import { useEffect, useRef, useState } from 'react';
import { useNotices } from '../page/Notices';

/** The end of what is loaded: coming near it loads more, and so does its button. */
export function LoadMore({ isLoading, onMore }) {
  const button = useRef(null);
  const [hasFailed, setFailed] = useState(false);
  const { warn } = useNotices();

  const more = useRef(null);
  more.current = async () => {
    try {
      await onMore();
      setFailed(false);
    } catch (e) {
      setFailed(true);
      warn(e);
    }
  };

  useEffect(() => {
    // Not again and again by itself
    if (isLoading || hasFailed) return undefined;
    const watcher = new IntersectionObserver(([entry]) => entry.isIntersecting && more.current(), {
      rootMargin: '400px',
    });
    watcher.observe(button.current);
    return () => watcher.disconnect();
  }, [isLoading, hasFailed]);

  return (
    <button ref={button} type="button" className="more" onClick={() => more.current()} aria-busy={isLoading}>
      {isLoading ? 'Loading…' : 'Load more'}
    </button>
  );
}
