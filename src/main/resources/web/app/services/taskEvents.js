// Follows the changes that other tabs and devices make to the user's tasks. One tab listens to the service and passes
// the events on: over HTTP/1.1 a browser opens six connections to a host, and each event stream occupies one.

import { authorizedCall } from './session';

const OPEN_TIMEOUT_MS = 15_000;
// The service sends a comment every 15 s
const SILENCE_TIMEOUT_MS = 40_000;
const RETRY_MS = 2_000;
const SLOW_RETRY_MS = 10_000;

/**
 * Reports changes until the signal is aborted.
 *
 * @param onChange receives {task} for a task that was created, changed or restored, {deleted: id} for one that was
 *   deleted, and {reset: true} if changes may have been missed
 */
export function followTasks(userId, onChange, signal) {
  // Updated by every tab's events, so that the next tab to listen resumes after the last one
  const position = { lastId: undefined };
  const handle = (event) => {
    position.lastId = event.id ?? position.lastId;
    onChange(changeOf(event));
  };
  // Locks need a secure context. Without them each tab listens for itself
  if (!navigator.locks) {
    listen(position, handle, signal);
    return;
  }
  // One name per user, so that no tab receives another user's events
  const name = `todo-events-${userId}`;
  const tabs = new BroadcastChannel(name);
  tabs.onmessage = ({ data }) => handle(data);
  signal.addEventListener('abort', () => tabs.close());
  const handleAndBroadcast = (event) => {
    handle(event);
    tabs.postMessage(event);
  };
  // The tab that holds the lock listens, the others wait for it. The browser releases it when the tab closes or crashes
  const listening = navigator.locks.request(name, { signal }, () => listen(position, handleAndBroadcast, signal));
  listening.catch(() => {
    // Aborted while waiting
  });
}

async function listen(position, handle, signal) {
  let failures = 0;
  while (!signal.aborted) {
    try {
      for await (const event of eventsAfter(position.lastId, signal)) {
        if (signal.aborted) return;
        failures = 0;
        if (event.event) handle(event);
      }
    } catch {
      if (signal.aborted) return;
      failures++;
      // Changes still appear if a proxy blocks event streams
      handle({ event: 'reset' });
    }
    await pause(failures < 3 ? RETRY_MS : SLOW_RETRY_MS, signal);
  }
}

/** Yields events until the service ends the stream. */
async function* eventsAfter(lastId, signal) {
  const connection = new AbortController();
  const close = () => connection.abort();
  signal.addEventListener('abort', close);
  let silenceTimer;
  try {
    // EventSource cannot send the Authorization header
    const response = await authorizedCall('GET', '/tasks/events', {
      headers: { Accept: 'text/event-stream', ...(lastId && { 'Last-Event-ID': lastId }) },
      timeoutMs: OPEN_TIMEOUT_MS,
      signal: connection.signal,
    });
    const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream');
    if (!isStream || !response.body) throw new Error('not a stream');
    // Tasks may have changed before the stream was open
    if (!lastId) yield { event: 'reset' };
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    const read = () => {
      clearTimeout(silenceTimer);
      silenceTimer = setTimeout(close, SILENCE_TIMEOUT_MS);
      return reader.read();
    };
    let text = '';
    for (let part = await read(); !part.done; part = await read()) {
      text = (text + part.value).replaceAll('\r\n', '\n');
      const events = text.split('\n\n');
      text = events.pop() ?? '';
      yield* events.map(parse);
    }
  } finally {
    clearTimeout(silenceTimer);
    close();
    signal.removeEventListener('abort', close);
  }
}

/** Comments have no `event`. */
function parse(text) {
  const event = { data: '' };
  for (const line of text.split('\n')) {
    const [, name, value] = line.match(/^([^:]+): ?(.*)$/) ?? [];
    if (name === 'data') event.data += value;
    else if (name) event[name] = value;
  }
  return event;
}

function changeOf({ event, data }) {
  if (event === 'reset') return { reset: true };
  const task = JSON.parse(data);
  return event === 'task.deleted' ? { deleted: task.id } : { task };
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', resolve, { once: true });
  });
}
