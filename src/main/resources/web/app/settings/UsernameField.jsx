/** Tells password managers which account the password field belongs to. */
export function UsernameField({ user }) {
  return <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />;
}
