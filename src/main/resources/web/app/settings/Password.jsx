import { Field } from '../page/Field';
import { FormError } from '../page/FormError';
import { useNotices } from '../page/Notices';
import { useForm } from '../page/useForm';
import { changePassword } from '../services/authService';
import { UsernameField } from './UsernameField';
import { Section } from './Section';

export function Password({ user }) {
  const { notify } = useNotices();
  const { busy, error, fields, onSubmit } = useForm(async (values, form) => {
    await changePassword(values.currentPassword, values.newPassword);
    form.reset();
    notify('Your password was changed. All other sessions have ended.');
  });
  const isWrong = error?.code === 'wrong_password';
  return (
    <Section title="Password">
      <form onSubmit={onSubmit} noValidate>
        <UsernameField user={user} />
        <Field
          label="Current password"
          name="currentPassword"
          type="password"
          autoComplete="current-password"
          error={isWrong ? error.message : fields.current_password}
        />
        <Field
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          hint="8 characters or more"
          error={fields.new_password}
        />
        <FormError error={isWrong ? null : error} />
        <button type="submit" className="primary" aria-busy={busy}>
          Change password
        </button>
      </form>
    </Section>
  );
}
