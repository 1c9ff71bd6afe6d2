import { useCallback, useEffect, useState } from 'react';
import { useNotices } from '../page/Notices';

/** The items that the call returns, or its error. `reload` calls it again; `change` runs an action, then reloads. */
export function useList(fetchItems) {
  const [state, setState] = useState({ items: null, error: null });
  const { notify, warn } = useNotices();

  const reload = useCallback(
    () => fetchItems().then((items) => setState({ items, error: null }), (error) => setState({ items: null, error })),
    [fetchItems],
  );
  useEffect(() => {
    reload();
  }, [reload]);

  const change = async (action, message) => {
    try {
      await action();
      notify(message);
    } catch (e) {
      warn(e);
    }
    reload();
  };
  return { ...state, reload, change };
}
