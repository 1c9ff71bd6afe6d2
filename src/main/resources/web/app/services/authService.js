// Accounts, sessions and personal tokens.

import { call, json } from './api';
import { authorized, ended, started } from './session';

export { onSession, resume } from './session';

/** Leaves the page without asking the service: the session has ended already. */
export const endedHere = ended;

export async function signUp(email, password) {
  await call('POST', '/auth/signup', { body: { email, password } });
  await signIn(email, password);
}

export async function signIn(email, password) {
  const { access_token } = await json(await call('POST', '/auth/login', { body: { email, password } }));
  started(access_token);
}

export async function signOut() {
  await authorized('POST', '/auth/logout');
  ended();
}

export const me = () => authorized('GET', '/users/me');

export const changePassword = (current, wanted) =>
  authorized('PUT', '/users/me/password', { body: { current_password: current, new_password: wanted } });

export async function deleteAccount(password) {
  await authorized('DELETE', '/users/me', { body: { password } });
  ended();
}

export const sessions = () => authorized('GET', '/auth/sessions');
export const endSession = (id) => authorized('DELETE', `/auth/sessions/${id}`);
export const endOtherSessions = () => authorized('DELETE', '/auth/sessions');

export const tokens = () => authorized('GET', '/auth/tokens');
export const makeToken = (token) => authorized('POST', '/auth/tokens', { body: token });
export const revokeToken = (id) => authorized('DELETE', `/auth/tokens/${id}`);
