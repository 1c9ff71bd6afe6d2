/** For password managers: whose password is typed beside it. */
export function UsernameField({ user }) {
  return <input type="text" name="username" autoComplete="username" value={user.email} readOnly hidden />;
}
