// Sends requests to the API. Every failure becomes an ApiError whose message can be shown to the user.

import { API_ORIGIN, BASE } from './address';

const TIMEOUT_MS = 15_000;

export class ApiError extends Error {
  constructor(message, { status = 0, code = '', fields = {}, retryAfter = 0 } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    /** What is wrong with each field: {email: 'Must be an e-mail address.'} */
    this.fields = fields;
    /** Seconds */
    this.retryAfter = retryAfter;
  }
}

/**
 * Sends a request and returns the response if it is a success. An object as the body is sent as JSON, a string or a file
 * as it is.
 *
 * @type {import('todo-api').Call}
 * @throws {ApiError} for any failure
 */
export async function call(method, path, { body, headers = {}, timeoutMs = TIMEOUT_MS, signal } = {}) {
  const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Blob);
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, timeoutMs);
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers: { Accept: 'application/json', ...(isJson && { 'Content-Type': 'application/json' }), ...headers },
      body: isJson ? JSON.stringify(body) : body,
      credentials: API_ORIGIN ? 'include' : 'same-origin',
      cache: 'no-store',
      signal: controller.signal,
    });
  } catch {
    if (signal?.aborted) throw new ApiError('Cancelled.', { code: 'cancelled' });
    throw controller.signal.aborted
      ? new ApiError('The server took too long to respond. Please try again.', { code: 'timeout' })
      : new ApiError('The server cannot be reached. Check your connection and try again.', { code: 'unreachable' });
  } finally {
    clearTimeout(timer);
  }
  if (!response.ok) throw await errorOf(response);
  return response;
}

/**
 * The JSON of the response, or undefined if it has none.
 *
 * @template T
 * @param {import('todo-api').ApiResponse<T>} response
 * @returns {Promise<T>}
 */
export async function json(response) {
  if (response.status === 204) return /** @type {any} */ (undefined);
  try {
    return await response.json();
  } catch {
    throw new ApiError('The server’s response was incomplete. Please try again.', { code: 'unreachable' });
  }
}

async function errorOf(response) {
  const problem = await response.json().catch(() => ({}));
  const code = typeof problem.code === 'string' ? problem.code : '';
  const retryAfter = Number(response.headers.get('Retry-After')) || 0;
  const fields = {};
  for (const { field, message } of Array.isArray(problem.errors) ? problem.errors : []) {
    fields[field] ??= toSentence(message);
  }
  const details = { status: response.status, code, fields, retryAfter };
  return new ApiError(messageFor(details, problem) ?? fallbackMessage(response), details);
}

function messageFor({ status, code, fields, retryAfter }, problem) {
  switch (code) {
    case 'email_taken':
      return 'An account with this e-mail address already exists.';
    case 'invalid_credentials':
      return 'Incorrect e-mail address or password.';
    case 'wrong_password':
      return 'Incorrect password.';
    case 'idempotency_in_progress':
      return 'The service is still saving this. Please try again in a moment.';
    case 'last_admin':
      return 'This is the last administrator. Make someone else an administrator first.';
  }
  if (status === 429) return `Too many attempts. Please try again in ${duration(retryAfter)}.`;
  if (status === 503) return 'The service is busy. Please try again in a moment.';
  if (status === 413) return 'This is too large.';
  if (status === 412) return 'This has changed in the meantime.';
  if (status === 403) return 'You are not allowed to do this.';
  if (status === 404) return 'This no longer exists.';
  const messages = Object.entries(fields).map(([field, message]) => `${labelOf(field)}: ${message}`);
  if (messages.length > 0) return messages.join(' ');
  if (status < 500 && typeof problem.detail === 'string') return toSentence(problem.detail);
  return undefined;
}

function fallbackMessage(response) {
  const reference = response.headers.get('X-Request-ID');
  return 'Something went wrong. Please try again' + (reference ? ` (reference ${reference}).` : '.');
}

/** "must be an e-mail address" as "Must be an e-mail address.", and "is required" as "Required." */
function toSentence(text) {
  const words = String(text).replace(/^is (?!not )/, '');
  const capitalized = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(capitalized) ? capitalized : capitalized + '.';
}

/** "due_at" as "Due date", "row[3].title" as "Row 3, title" */
function labelOf(field) {
  const words = field
    .replace(/^row\[(\d+)\]/, 'row $1')
    .replace('.', ', ')
    .replaceAll('_', ' ')
    .replace(/ at$/, ' date');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function duration(seconds) {
  if (seconds <= 1) return 'a second';
  if (seconds < 90) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
