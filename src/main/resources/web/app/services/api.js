// One request to the API, and one kind of error: a sentence that can be shown as it is.

const PATIENCE_MS = 15_000;

// Empty where the page comes from the service itself; the service's origin where it is hosted elsewhere
const ORIGIN = document.querySelector('meta[name=api-origin]')?.content ?? '';

export class ApiError extends Error {
  constructor(message, { status = 0, code = '', fields = {}, retryAfter = 0 } = {}) {
    super(message);
    this.status = status;
    this.code = code;
    /** What is wrong with single members: {email: 'Must be an e-mail address.'} */
    this.fields = fields;
    /** Seconds */
    this.retryAfter = retryAfter;
  }
}

/**
 * Sends a request and gives the answer if it is a success.
 *
 * @param body an object goes as JSON, a string or a file as it is
 * @throws ApiError with a sentence, for whatever goes wrong
 */
export async function call(method, path, { body, headers = {}, patience = PATIENCE_MS, signal } = {}) {
  const isJson = body !== undefined && typeof body !== 'string' && !(body instanceof Blob);
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), patience);
  const giveUp = () => timeout.abort();
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted) giveUp();
  let answer;
  try {
    answer = await fetch(ORIGIN + path, {
      method,
      headers: { Accept: 'application/json', ...(isJson && { 'Content-Type': 'application/json' }), ...headers },
      body: isJson ? JSON.stringify(body) : body,
      credentials: ORIGIN ? 'include' : 'same-origin',
      cache: 'no-store',
      signal: timeout.signal,
    });
  } catch {
    if (signal?.aborted) throw new ApiError('Cancelled.', { code: 'cancelled' });
    throw timeout.signal.aborted
      ? new ApiError('The server takes too long to answer. Please try again.', { code: 'timeout' })
      : new ApiError('The server cannot be reached. Check your connection and try again.', { code: 'unreachable' });
  } finally {
    clearTimeout(timer);
  }
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

/** The answer's JSON, or undefined where it has none. */
export async function json(answer) {
  if (answer.status === 204) return undefined;
  try {
    return await answer.json();
  } catch {
    throw new ApiError('The server’s answer was cut off. Please try again.', { code: 'unreachable' });
  }
}

async function refusal(answer) {
  const problem = await answer.json().catch(() => ({}));
  const code = typeof problem.code === 'string' ? problem.code : '';
  const retryAfter = Number(answer.headers.get('Retry-After')) || 0;
  const fields = {};
  for (const { field, message } of Array.isArray(problem.errors) ? problem.errors : []) {
    fields[field] ??= sentence(message);
  }
  const known = { status: answer.status, code, fields, retryAfter };
  return new ApiError(explained(known, problem) ?? fallback(answer), known);
}

function explained({ status, code, fields, retryAfter }, problem) {
  switch (code) {
    case 'email_taken':
      return 'There is an account with this e-mail address already.';
    case 'invalid_credentials':
      return 'E-mail address or password is wrong.';
    case 'wrong_password':
      return 'The password is wrong.';
    case 'last_admin':
      return 'There must be an administrator left: make somebody else one first.';
  }
  if (status === 429) return `Too many attempts. Please wait ${duration(retryAfter)}, then try again.`;
  if (status === 503) return 'The service is busy. Please try again in a moment.';
  if (status === 413) return 'This is larger than the service takes.';
  if (status === 412) return 'This was changed elsewhere in the meantime.';
  if (status === 403) return 'You are not allowed to do this.';
  if (status === 404) return 'This is not there any more.';
  const members = Object.entries(fields).map(([field, message]) => `${named(field)}: ${message}`);
  if (members.length > 0) return members.join(' ');
  if (status < 500 && typeof problem.detail === 'string') return sentence(problem.detail);
  return undefined;
}

function fallback(answer) {
  const reference = answer.headers.get('X-Request-ID');
  return 'Something went wrong in the service. Please try again' + (reference ? ` (reference ${reference}).` : '.');
}

/** "must be an e-mail address" as a sentence. */
function sentence(text) {
  const started = String(text).charAt(0).toUpperCase() + String(text).slice(1);
  return /[.!?]$/.test(started) ? started : started + '.';
}

/** "due_at" as people read it. */
function named(field) {
  return sentence(field.replaceAll('_', ' ').replace(/ at$/, ' date')).slice(0, -1);
}

function duration(seconds) {
  if (seconds <= 1) return 'a second';
  if (seconds < 90) return `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 90 ? `${minutes} minutes` : `${Math.ceil(minutes / 60)} hours`;
}
