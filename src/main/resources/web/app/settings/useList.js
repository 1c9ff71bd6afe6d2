import { useCallback, useEffect, useState } from 'react';
import { useNotices } from '../page/Notices';

/** What the call gives, or its error, with ways to ask anew and to change something, after which it asks anew, too. */
export function useList(ask) {
  const [state, setState] = useState({ items: null, error: null });
  const { tell, warn } = useNotices();

  const reload = useCallback(
    () => ask().then((items) => setState({ items, error: null }), (error) => setState({ items: null, error })),
    [ask],
  );
  useEffect(() => {
    reload();
  }, [reload]);

  const change = async (action, done) => {
    try {
      await action();
      tell(done);
    } catch (e) {
      warn(e);
    }
    reload();
  };
  return { ...state, reload, change };
}
