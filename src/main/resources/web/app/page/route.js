// Where the user is, kept in the address after the #: reload, Back and a bookmark bring it back.

import { useMemo, useSyncExternalStore } from 'react';

/** @returns {{path: string, query: URLSearchParams}} "/active" and what follows its "?" */
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

/** As go, without an entry for Back: for each letter of a search, say. */
export function goInPlace(path, query) {
  history.replaceState(null, '', href(path, query));
  dispatchEvent(new HashChangeEvent('hashchange'));
}

function subscribe(changed) {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
}
