import { useState } from 'react';
import { Dialog } from '../page/Dialog';
import { Field } from '../page/Field';
import { FormError } from '../page/FormError';
import { useForm } from '../page/useForm';
import { deleteAccount } from '../services/authService';
import { UsernameField } from './UsernameField';
import { Section } from './Section';

export function DeleteAccount({ user }) {
  const [isAsking, setAsking] = useState(false);
  const { busy, error, fields, onSubmit } = useForm((values) => deleteAccount(values.password));
  const isWrong = error?.code === 'wrong_password';
  return (
    <Section title="Delete account">
      <p>
        This deletes your account and all your tasks. It cannot be undone, so export your tasks first if you need them.
      </p>
      <button type="button" className="danger" onClick={() => setAsking(true)}>
        Delete account…
      </button>
      {isAsking && (
        <Dialog title="Delete your account?" onClose={() => setAsking(false)}>
          <form onSubmit={onSubmit} noValidate>
            <UsernameField user={user} />
            <Field
              label="Your password"
              name="password"
              type="password"
              autoComplete="current-password"
              error={isWrong ? error.message : fields.password}
            />
            <FormError error={isWrong ? null : error} />
            <div className="actions">
              <button type="button" onClick={() => setAsking(false)}>
                Cancel
              </button>
              <button type="submit" className="danger" aria-busy={busy}>
                Delete everything
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </Section>
  );
}
