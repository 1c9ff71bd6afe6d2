// The access token: held in memory only, renewed by the refresh cookie, shared by the tabs of this browser.

import { ApiError, call, json } from './api';

const channel = new BroadcastChannel('todo-session');
const listeners = new Set();

let token = null;
let user = null;
let renewal = null;
let signedInAgain = null;

/**
 * Calls the listener with "signed-in", "expired", "renewed" (after that, too), "signed-out", or "replaced" where
 * somebody else has signed in.
 *
 * @returns {Function} stops it
 */
export function onSession(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

channel.onmessage = ({ data }) => {
  if (data.event === 'token') {
    accept(data.token);
  } else {
    end();
  }
};

/** A token from signing in or from another tab's refresh. */
function accept(fresh) {
  const before = user;
  token = fresh;
  user = subject(fresh);
  if (before && before !== user) {
    // Nothing on this page is theirs
    tell('replaced');
    return;
  }
  signedInAgain?.resolve();
  signedInAgain = null;
  tell(before ? 'renewed' : 'signed-in');
}

export function started(fresh) {
  accept(fresh);
  channel.postMessage({ event: 'token', token: fresh });
}

export function ended() {
  channel.postMessage({ event: 'signed-out' });
  end();
}

/** Has the refresh cookie bring the session back, after a reload or in a new tab. Listeners are told whether it did. */
export async function resume() {
  if (token) {
    tell('signed-in');
    return;
  }
  try {
    await refresh(null);
  } catch (e) {
    if (e.status !== 401) throw e;
    tell('signed-out');
  }
}

/**
 * As call(), with the access token. Where it has expired the call waits: for the refresh in the background or, where
 * the session has ended, until the user has signed in again. So nothing that was typed is lost.
 */
export async function authorizedCall(method, path, options = {}) {
  const [caller, spent] = [user, token];
  try {
    return await send(method, path, options);
  } catch (e) {
    if (e.status !== 401) throw e;
    await renewed(spent);
    // Somebody else has signed in
    if (user !== caller) throw new ApiError('Cancelled.', { code: 'cancelled' });
    return send(method, path, options);
  }
}

export async function authorized(method, path, options) {
  return json(await authorizedCall(method, path, options));
}

function send(method, path, options) {
  return call(method, path, { ...options, headers: { ...options.headers, Authorization: `Bearer ${token}` } });
}

async function renewed(spent) {
  if (token !== spent) return;
  renewal ??= refresh(spent)
    .catch((e) => {
      if (e.status !== 401) throw e;
      tell('expired');
      signedInAgain ??= deferred();
      return signedInAgain.promise;
    })
    .finally(() => (renewal = null));
  await renewal;
}

/** One tab at a time: each refresh spends the token in the cookie. */
function refresh(spent) {
  return alone('todo-refresh', async () => {
    if (token !== spent) return;
    const { access_token } = await json(await call('POST', '/auth/refresh'));
    started(access_token);
  });
}

// Locks are for secure contexts only. Without them the service's grace for a second refresh has to do.
function alone(name, action) {
  return navigator.locks ? navigator.locks.request(name, action) : action();
}

function end() {
  token = null;
  user = null;
  signedInAgain?.reject(new ApiError('You have signed out.', { code: 'cancelled' }));
  signedInAgain = null;
  tell('signed-out');
}

function tell(event) {
  listeners.forEach((listener) => listener(event));
}

function subject(jwt) {
  return JSON.parse(atob(jwt.split('.')[1].replaceAll('-', '+').replaceAll('_', '/'))).sub;
}

function deferred() {
  const result = {};
  result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
  return result;
}
