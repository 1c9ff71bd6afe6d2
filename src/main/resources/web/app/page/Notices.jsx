import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { Icon } from './Icon';

const MAX_NOTICES = 3;
const SHOWN_MS = 6_000;

const Context = createContext(null);

/** @returns {{notify: Function, warn: Function}} notify(text, action?) shows a message, warn(error, text?) an error */
export const useNotices = () => useContext(Context);

/** Short messages at the edge of the page, read out by screen readers. Errors and those with an action stay. */
export function Notices({ children }) {
  const [notices, setNotices] = useState([]);
  const lastId = useRef(0);

  const dismiss = useCallback((id) => setNotices((all) => all.filter((notice) => notice.id !== id)), []);
  const api = useMemo(() => {
    const show = (notice) => {
      const id = ++lastId.current;
      setNotices((all) => [...all, { ...notice, id }].slice(-MAX_NOTICES));
      if (!notice.action && !notice.isError) setTimeout(dismiss, SHOWN_MS, id);
    };
    return {
      notify: (text, action) => show({ text, action }),
      warn: (error, text = '') => {
        if (error.code !== 'cancelled') show({ text: [text, error.message].filter(Boolean).join(' '), isError: true });
      },
    };
  }, [dismiss]);

  const shown = (isError) =>
    notices
      .filter((notice) => Boolean(notice.isError) === isError)
      .map((notice) => <Notice key={notice.id} notice={notice} dismiss={() => dismiss(notice.id)} />);
  return (
    <Context.Provider value={api}>
      {children}
      <div className="notices">
        <div role="alert">{shown(true)}</div>
        <div role="status">{shown(false)}</div>
      </div>
    </Context.Provider>
  );
}

function Notice({ notice: { text, action, isError }, dismiss }) {
  const act = () => {
    dismiss();
    action.run();
  };
  return (
    <div className={isError ? 'notice error' : 'notice'}>
      <span>{text}</span>
      {action && (
        <button type="button" className="link" onClick={act}>
          {action.label}
        </button>
      )}
      <button type="button" className="icon" aria-label="Dismiss" onClick={dismiss}>
        <Icon name="close" />
      </button>
    </div>
  );
}
