import { Field } from '../page/Field';
import { FormError } from '../page/FormError';
import { href } from '../page/route';
import { useForm } from '../page/useForm';
import { signUp } from '../services/authService';

export function SignUp() {
  const { busy, error, fields, onSubmit } = useForm((values) => signUp(values.email, values.password));
  const isTaken = error?.code === 'email_taken';
  return (
    <form onSubmit={onSubmit} className="card" noValidate>
      <Field
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        error={isTaken ? error.message : fields.email}
        autoFocus
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="8 characters or more; a few unrelated words are easy to remember and hard to guess."
        error={fields.password}
      />
      <FormError error={isTaken ? null : error} />
      <button type="submit" className="primary" aria-busy={busy}>
        Create account
      </button>
      <p>
        Already have an account? <a href={href('/')}>Sign in</a>
      </p>
    </form>
  );
}
