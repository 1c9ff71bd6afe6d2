import './page.css';
import { useCallback, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Admin } from './admin/Admin';
import { Frame } from './page/Frame';
import { Notices } from './page/Notices';
import { go, useRoute } from './page/route';
import { isRefused, me, onSession, resume } from './services/authService';
import { Settings } from './settings/Settings';
import { ReloadWarning } from './signin/ReloadWarning';
import { SessionEnded } from './signin/SessionEnded';
import { SignIn } from './signin/SignIn';
import { SignUp } from './signup/SignUp';
import { Tasks } from './tasks/Tasks';

function App() {
  const { path } = useRoute();
  const { user, isExpired, error, retry } = useUser();

  useEffect(() => {
    if (user && path === '/signup') go('/');
  }, [user, path]);

  const [title, content] = page(path, user, error, retry);
  useEffect(() => {
    document.title = `${title} · todo`;
  }, [title]);
  return (
    <>
      <Frame user={user} path={path} title={title}>
        {content}
      </Frame>
      {user && isExpired && <SessionEnded user={user} />}
    </>
  );
}

function page(path, user, error, retry) {
  if (error && !isRefused(error)) {
    return [
      'No connection',
      <div className="card" role="alert">
        <p>{error.message}</p>
        <button type="button" className="primary" onClick={retry}>
          Try again
        </button>
      </div>,
    ];
  }
  if (user === undefined && !error) return ['Tasks', <p role="status">Loading…</p>];
  // The route stays in the URL, so signing in leads to it
  if (!user) {
    const [title, form] = path === '/signup' ? ['Create an account', <SignUp />] : ['Sign in', <SignIn />];
    return [
      title,
      <>
        <ReloadWarning isRefused={isRefused(error)} />
        {form}
      </>,
    ];
  }
  if (path === '/settings') return ['Settings', <Settings user={user} />];
  if (path === '/admin' && user.role === 'admin') return ['Users', <Admin user={user} />];
  return ['Tasks', <Tasks key={user.id} user={user} />];
}

/** The signed-in user: undefined until known, null if nobody is signed in. */
function useUser() {
  const [user, setUser] = useState(undefined);
  const [isExpired, setExpired] = useState(false);
  const [error, setError] = useState(null);

  useEffect(
    () =>
      onSession((event) => {
        setExpired(event === 'expired');
        if (event === 'expired') setUser((known) => known ?? null);
        if (event === 'signed-in') me().then(setUser, setError);
        if (event === 'signed-out') setUser(null);
        if (event === 'replaced') location.reload();
      }),
    [],
  );

  const retry = useCallback(() => {
    setError(null);
    resume().catch(setError);
  }, []);
  useEffect(retry, [retry]);
  return { user, isExpired, error, retry };
}

createRoot(document.getElementById('page')).render(
  <Notices>
    <App />
  </Notices>,
);
