import { momentText } from '../page/dates';
import { endOtherSessions, endSession, sessions } from '../services/authService';
import { deviceOf } from './device';
import { Loaded, Section } from './Section';
import { useList } from './useList';

export function Sessions() {
  const list = useList(sessions);
  return (
    <Section title="Sessions">
      <p>The devices where you are signed in. Sign out any that you do not recognise.</p>
      <Loaded list={list}>
        {(items) => (
          <>
            <ul className="rows">
              {items.map(({ id, user_agent: agent, created_at: created, last_used_at: lastUsed, current }) => (
                <li key={id}>
                  <div className="words">
                    <strong>{deviceOf(agent)}</strong>
                    {current && <span className="badge">This session</span>}
                    <p className="hint">
                      Signed in {momentText(created)}, last used {momentText(lastUsed)}
                    </p>
                  </div>
                  {!current && (
                    <button
                      type="button"
                      aria-label={`Sign out ${deviceOf(agent)}`}
                      onClick={() => list.change(() => endSession(id), 'The session was signed out.')}
                    >
                      Sign out
                    </button>
                  )}
                </li>
              ))}
            </ul>
            {items.some(({ current }) => !current) && (
              <button
                type="button"
                onClick={() => list.change(endOtherSessions, 'All other sessions were signed out.')}
              >
                Sign out everywhere else
              </button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  );
}
