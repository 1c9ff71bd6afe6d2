import { momentText } from '../page/dates';
import { endOtherSessions, endSession, sessions } from '../services/authService';
import { deviceOf } from './device';
import { Loaded, Section } from './Section';
import { useList } from './useList';

export function Sessions() {
  const list = useList(sessions);
  return (
    <Section title="Sessions">
      <p>Where you are signed in. End what you do not know.</p>
      <Loaded list={list}>
        {(items) => (
          <>
            <ul className="rows">
              {items.map(({ id, user_agent: agent, created_at: begun, last_used_at: used, current }) => (
                <li key={id}>
                  <div className="words">
                    <strong>{deviceOf(agent)}</strong>
                    {current && <span className="badge">This one</span>}
                    <p className="hint">
                      Since {momentText(begun)}, last used {momentText(used)}
                    </p>
                  </div>
                  {!current && (
                    <button
                      type="button"
                      aria-label={`Sign out ${deviceOf(agent)}`}
                      onClick={() => list.change(() => endSession(id), 'The session was ended.')}
                    >
                      Sign out
                    </button>
                  )}
                </li>
              ))}
            </ul>
            {items.some(({ current }) => !current) && (
              <button type="button" onClick={() => list.change(endOtherSessions, 'All other sessions were ended.')}>
                Sign out everywhere else
              </button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
