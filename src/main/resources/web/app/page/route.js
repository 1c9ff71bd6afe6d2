// The route, kept in the URL's fragment so that reload, Back and bookmarks work.

import { useMemo, useSyncExternalStore } from 'react';

/** @returns {{path: string, query: URLSearchParams}} such as "/active", and the parameters after its "?" */
export function useRoute() {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => {
    const [path, query] = hash.slice(1).split('?');
    return { path: path || '/', query: new URLSearchParams(query) };
  }, [hash]);
}

export function href(path, query) {
  const search = String(query ?? '');
  return `#${path}${search && '?' + search}`;
}

export function go(path, query) {
  location.hash = href(path, query);
}

/** Same as go, without a history entry, for example for each letter of a search. */
export function replaceRoute(path, query) {
  history.replaceState(null, '', href(path, query));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function subscribe(listener) {
  addEventListener('hashchange', listener);
  return () => removeEventListener('hashchange', listener);
}
