// The access token. It is kept only in memory, renewed with the refresh cookie and shared by the tabs of this browser.

import { BASE } from './address';
import { ApiError, call, json } from './api';

// Several services may be at different paths of one origin
const channel = new BroadcastChannel(`todo-session${BASE}`);
const listeners = new Set();

let token = null;
let user = null;
let renewal = null;
let signedInAgain = null;

/**
 * Calls the listener with "signed-in", "expired", "renewed" (also when the user signs in again), "signed-out", or
 * "replaced" if another user has signed in.
 *
 * @returns {Function} removes the listener
 */
export function onSession(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

channel.onmessage = ({ data }) => {
  if (data.event === 'token') {
    accept(data.token);
  } else {
    clear();
  }
};

/** Takes a token from signing in or from another tab's refresh. */
function accept(newToken) {
  const previousUser = user;
  token = newToken;
  user = userIdOf(newToken);
  if (previousUser && previousUser !== user) {
    // This page still shows the previous user's data
    notify('replaced');
    return;
  }
  signedInAgain?.resolve();
  signedInAgain = null;
  notify(previousUser ? 'renewed' : 'signed-in');
}

export function startSession(newToken) {
  accept(newToken);
  channel.postMessage({ event: 'token', token: newToken });
}

/** Forgets the session in every tab, without a call to the service. */
export function forgetSession() {
  channel.postMessage({ event: 'signed-out' });
  clear();
}

/** Restores the session with the refresh cookie, after a reload or in a new tab. Tells the listeners the outcome. */
export async function resume() {
  if (token) {
    notify('signed-in');
    return;
  }
  try {
    await refresh(null);
  } catch (e) {
    if (e.status !== 401) throw e;
    notify('signed-out');
  }
}

/**
 * Same as call(), with the access token. If the token has expired, the call waits for a refresh or, if the session has
 * ended, until the user has signed in again. So nothing that the user typed is lost.
 *
 * @type {import('todo-api').Call}
 */
export async function authorizedCall(method, path, options = {}) {
  const [caller, usedToken] = [user, token];
  try {
    return await send(method, path, options);
  } catch (e) {
    if (e.status !== 401) throw e;
    await renew(usedToken);
    // Another user has signed in
    if (user !== caller) throw new ApiError('Cancelled.', { code: 'cancelled' });
    return send(method, path, options);
  }
}

/** @type {import('todo-api').JsonCall} */
export async function authorized(method, path, options) {
  return json(await authorizedCall(method, path, options));
}

function send(method, path, options) {
  return call(method, path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } });
}

async function renew(oldToken) {
  if (token !== oldToken) return;
  renewal ??= refresh(oldToken)
    .catch((e) => {
      if (e.status !== 401 && !isRefused(e)) throw e;
      notify('expired');
      signedInAgain ??= deferred();
      return signedInAgain.promise;
    })
    .finally(() => (renewal = null));
  await renewal;
}

/** In one tab at a time, because each refresh replaces the token in the cookie. */
function refresh(oldToken) {
  return exclusively('todo-refresh', async () => {
    if (token !== oldToken) return;
    const { access_token } = await json(await call('POST', '/auth/refresh'));
    startSession(access_token);
  });
}

// Locks need a secure context. Without them we rely on the grace period that the service has for a second refresh.
function exclusively(name, action) {
  return navigator.locks ? navigator.locks.request(name, action) : action();
}

/** Whether the service has refused the page's origin: a reload cannot restore the session, but signing in works. */
export const isRefused = (error) => error?.code === 'foreign_origin';

function clear() {
  token = null;
  user = null;
  signedInAgain?.reject(new ApiError('You have signed out.', { code: 'cancelled' }));
  signedInAgain = null;
  notify('signed-out');
}

function notify(event) {
  listeners.forEach((listener) => listener(event));
}

function userIdOf(jwt) {
  return JSON.parse(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).sub;
}

function deferred() {
  const result = {};
  result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
  return result;
}
