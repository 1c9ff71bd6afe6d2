import { Dialog } from '../page/Dialog';
import { endedHere } from '../services/authService';
import { SignIn } from './SignIn';

/** Over the page as it was: after signing in, whatever was under way goes on. */
export function SessionEnded({ user }) {
  return (
    <Dialog title="Please sign in again" isClosable={false}>
      <p>Your session has ended. What you have typed is still there.</p>
      <SignIn email={user.email} />
      <button type="button" className="link" onClick={endedHere}>
        Sign out instead
      </button>
    </Dialog>
  );
}
