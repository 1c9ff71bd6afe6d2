import { useCallback, useEffect, useState } from 'react';

/** What the call gives, or its error, and a way to ask anew. */
export function useList(ask) {
  const [state, setState] = useState({ items: null, error: null });
  const reload = useCallback(
    () => ask().then((items) => setState({ items, error: null }), (error) => setState({ items: null, error })),
    [ask],
  );
  useEffect(() => {
    reload();
  }, [reload]);
  return { ...state, reload };
}
