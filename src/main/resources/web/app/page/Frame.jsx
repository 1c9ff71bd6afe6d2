import { signOut } from '../services/authService';
import { useNotices } from './Notices';
import { href } from './route';

/** The header and navigation around every screen. */
export function Frame({ user, path, title, children }) {
  const { warn } = useNotices();
  const link = (to, text) => (
    <a href={href(to)} aria-current={section(path) === to ? 'page' : undefined}>
      {text}
    </a>
  );
  return (
    <>
      <a className="skip" href="#content" onClick={skip}>
        Skip to content
      </a>
      <header className="top">
        <a className="brand" href={href('/')} aria-label="Tasks, home">
          <img src="favicon.svg" alt="" width="28" height="28" />
          <span>todo</span>
        </a>
        {user && (
          <nav aria-label="Main">
            {link('/', 'Tasks')}
            {link('/settings', 'Settings')}
            {user.role === 'admin' && link('/admin', 'Admin')}
            <button type="button" className="link" onClick={() => signOut().catch(warn)}>
              Sign out
            </button>
          </nav>
        )}
      </header>
      <main id="content" tabIndex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
    </>
  );
}

const section = (path) => (['/settings', '/admin'].includes(path) ? path : '/');

// The router uses the fragment, so the link must not change it
function skip(event) {
  event.preventDefault();
  document.getElementById('content').focus();
}
