import { Dialog } from '../page/Dialog';
import { forgetSession } from '../services/authService';
import { SignIn } from './SignIn';

/** A dialog over the page: after the user signs in, pending requests continue. */
export function SessionEnded({ user }) {
  return (
    <Dialog title="Please sign in again" isClosable={false}>
      <p>Your session has ended. Nothing you typed is lost.</p>
      <SignIn email={user.email} />
      <button type="button" className="link" onClick={forgetSession}>
        Sign out instead
      </button>
    </Dialog>
  );
}
