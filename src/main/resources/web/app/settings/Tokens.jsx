import { useState } from 'react';
import { instantOf, momentText } from '../page/dates';
import { Field } from '../page/Field';
import { FormError } from '../page/FormError';
import { useForm } from '../page/useForm';
import { makeToken, revokeToken, tokens } from '../services/authService';
import { Loaded, Section } from './Section';
import { useList } from './useList';

const SCOPES = { 'tasks:read': 'Read tasks', 'tasks:write': 'Change tasks' };

export function Tokens() {
  const list = useList(tokens);
  const [made, setMade] = useState(null);

  const { busy, error, fields, onSubmit } = useForm(async ({ name, date, ...chosen }, form) => {
    const scopes = Object.keys(SCOPES).filter((scope) => scope in chosen);
    const expires = instantOf(date, '');
    setMade(await makeToken({ name, scopes, ...(expires && { expires_at: expires }) }));
    form.reset();
    list.reload();
  });
  const revoke = ({ id, name }) => list.change(() => revokeToken(id), `“${name}” was revoked.`);

  return (
    <Section title="Personal tokens">
      <p>For scripts that work with your tasks. Each may do what its scopes say, until it expires or is revoked.</p>
      <div role="status">{made && <NewToken token={made} />}</div>
      <Loaded list={list}>
        {(items) => (
          <ul className="rows">
            {items.map((token) => (
              <li key={token.id}>
                <div className="words">
                  <strong>{token.name}</strong>
                  <p className="hint">
                    {token.scopes.map((scope) => SCOPES[scope]).join(', ')} · expires {momentText(token.expires_at)} ·
                    last used {momentText(token.last_used_at)}
                  </p>
                </div>
                <button type="button" aria-label={`Revoke ${token.name}`} onClick={() => revoke(token)}>
                  Revoke
                </button>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <form onSubmit={onSubmit} noValidate>
        <div className="columns">
          <Field label="Name" name="name" maxLength={100} autoComplete="off" error={fields.name} />
          <Field label="Expires (optional)" name="date" type="date" error={fields.expires_at} />
        </div>
        <fieldset>
          <legend>Scopes</legend>
          {Object.entries(SCOPES).map(([scope, text]) => (
            <label key={scope} className="check">
              <input type="checkbox" name={scope} defaultChecked={scope === 'tasks:read'} />
              {text}
            </label>
          ))}
          {fields.scopes && <p className="wrong">{fields.scopes}</p>}
        </fieldset>
        <FormError error={error} />
        <button type="submit" className="primary" aria-busy={busy}>
          Make token
        </button>
      </form>
    </Section>
  );
}

function NewToken({ token: { name, token } }) {
  return (
    <div className="made">
      <p>“{name}” is ready. Copy it now: it is not shown again.</p>
      <code>{token}</code>
    </div>
  );
}
