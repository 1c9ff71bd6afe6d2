import { Field } from '../page/Field';
import { FormError } from '../page/FormError';
import { href } from '../page/route';
import { useForm } from '../page/useForm';
import { signIn } from '../services/authService';

export function SignIn({ email }) {
  const { busy, error, fields, onSubmit } = useForm((values) => signIn(values.email, values.password));
  return (
    <form onSubmit={onSubmit} className="card" noValidate>
      <Field
        label="E-mail address"
        name="email"
        type="email"
        autoComplete="username"
        defaultValue={email}
        error={fields.email}
        autoFocus={!email}
      />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        error={fields.password}
        data-focus={email && ''}
      />
      <FormError error={error} />
      <button type="submit" className="primary" aria-busy={busy}>
        Sign in
      </button>
      {!email && (
        <p>
          New here? <a href={href('/signup')}>Create an account</a>
        </p>
      )}
    </form>
  );
}
