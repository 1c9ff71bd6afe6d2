import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import { Icon } from './Icon';

const MOST_AT_ONCE = 3;
const SHOWN_MS = 6_000;

const Context = createContext(null);

/** @returns {{tell: Function, warn: Function}} tell(text, action?) says what happened, warn(error) what went wrong */
export const useNotices = () => useContext(Context);

/** Short messages at the edge of the page, read out by screen readers. One with something to do stays. */
export function Notices({ children }) {
  const [notices, setNotices] = useState([]);
  const lastId = useRef(0);

  const dismiss = useCallback((id) => setNotices((all) => all.filter((notice) => notice.id !== id)), []);
  const api = useMemo(() => {
    const show = (notice) => {
      const id = ++lastId.current;
      setNotices((all) => [...all, { ...notice, id }].slice(-MOST_AT_ONCE));
      if (!notice.action && !notice.isError) setTimeout(dismiss, SHOWN_MS, id);
    };
    return {
      tell: (text, action) => show({ text, action }),
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
