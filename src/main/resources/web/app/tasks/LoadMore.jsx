import { useEffect, useRef, useState } from 'react';
import { useNotices } from '../page/Notices';

/** Loads more tasks when it scrolls near the viewport, or when clicked. */
export function LoadMore({ isLoading, onMore }) {
  const button = useRef(null);
  const [hasFailed, setFailed] = useState(false);
  const { warn } = useNotices();

  const loadMore = useRef(null);
  loadMore.current = async () => {
    try {
      await onMore();
      setFailed(false);
    } catch (e) {
      setFailed(true);
      warn(e);
    }
  };

  useEffect(() => {
    // After a failure, only a click tries again
    if (isLoading || hasFailed) return undefined;
    const observer = new IntersectionObserver(([entry]) => entry.isIntersecting && loadMore.current(), {
      rootMargin: '400px',
    });
    observer.observe(button.current);
    return () => observer.disconnect();
  }, [isLoading, hasFailed]);

  return (
    <button ref={button} type="button" className="more" onClick={() => loadMore.current()} aria-busy={isLoading}>
      {isLoading ? 'Loading…' : 'Load more'}
    </button>
  );
}
