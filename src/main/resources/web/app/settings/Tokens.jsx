import { useState } from 'react';
import { instantOf, momentText } from '../page/dates';
import { Field } from '../page/Field';
import { FormError } from '../page/FormError';
import { useForm } from '../page/useForm';
import { createToken, revokeToken, tokens } from '../services/authService';
import { Loaded, Section } from './Section';
import { useList } from './useList';

const SCOPES = { 'tasks:read': 'Read tasks', 'tasks:write': 'Change tasks' };

export function Tokens() {
  const list = useList(tokens);
  const [created, setCreated] = useState(null);

  const { busy, error, fields, onSubmit } = useForm(async ({ name, date, ...chosen }, form) => {
    const scopes = Object.keys(SCOPES).filter((scope) => scope in chosen);
    const expires = instantOf(date, '');
    setCreated(await createToken({ name, scopes, ...(expires && { expires_at: expires }) }));
    form.reset();
    list.reload();
  });
  const revoke = ({ id, name }) => list.change(() => revokeToken(id), `“${name}” was revoked.`);

  return (
    <Section title="Personal tokens">
      <p>For scripts. A token is limited to its scopes, and works until it expires or you revoke it.</p>
      <div role="status">{created && <NewToken token={created} />}</div>
      <Loaded list={list}>
        {(items) => (
          <ul className="rows">
            {items.map((token) => (
              <li key={token.id}>
                <div className="words">
                  <strong>{token.name}</strong>
                  <p className="hint">
                    {token.scopes.map((scope) => SCOPES[scope]).join(', ')} ·{' '}
                    {token.expires_at ? `expires ${momentText(token.expires_at)}` : 'never expires'} ·{' '}
                    {token.last_used_at ? `last used ${momentText(token.last_used_at)}` : 'never used'}
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
          Create token
        </button>
      </form>
    </Section>
  );
}

function NewToken({ token: { name, token } }) {
  return (
    <div className="created">
      <p>“{name}” was created. Copy it now: you cannot see it again.</p>
      <code>{token}</code>
    </div>
  );
}
