// Accounts, sessions and personal tokens.

import { call, json } from './api';
import { authorized, forgetSession, startSession } from './session';

/** @import { NewToken } from 'todo-api' */

export { forgetSession, isRefused, onSession, resume } from './session';

export async function signUp(email, password) {
  await call('POST', '/auth/signup', { body: { email, password } });
  await signIn(email, password);
}

export async function signIn(email, password) {
  const { access_token } = await json(await call('POST', '/auth/login', { body: { email, password } }));
  startSession(access_token);
}

export async function signOut() {
  await authorized('POST', '/auth/logout');
  forgetSession();
}

export const me = () => authorized('GET', '/users/me');

export const changePassword = (currentPassword, newPassword) =>
  authorized('PUT', '/users/me/password', {
    body: { current_password: currentPassword, new_password: newPassword },
  });

export async function deleteAccount(password) {
  await authorized('DELETE', '/users/me', { body: { password } });
  forgetSession();
}

export const sessions = () => authorized('GET', '/auth/sessions');
export const endSession = (id) => authorized('DELETE', `/auth/sessions/${id}`);
export const endOtherSessions = () => authorized('DELETE', '/auth/sessions');

export const tokens = () => authorized('GET', '/auth/tokens');
/** @param {NewToken} token */
export const createToken = (token) => authorized('POST', '/auth/tokens', { body: token });
export const revokeToken = (id) => authorized('DELETE', `/auth/tokens/${id}`);
