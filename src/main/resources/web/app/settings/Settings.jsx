import { DeleteAccount } from './DeleteAccount';
import { Password } from './Password';
import { Sessions } from './Sessions';
import { Tokens } from './Tokens';

export function Settings({ user }) {
  return (
    <div className="stack">
      <p>Signed in as {user.email}</p>
      <Password user={user} />
      <Sessions />
      <Tokens />
      <DeleteAccount user={user} />
    </div>
  );
}
