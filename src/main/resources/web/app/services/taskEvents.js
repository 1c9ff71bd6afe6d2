// What other tabs and devices do to the user's tasks. One tab listens to the service and tells the others: browsers open
// six connections to one host over HTTP/1.1, and each event stream keeps one of them.

import { authorizedCall } from './session';

const STREAM_OPENS_MS = 15_000;
// The service sends a comment every 15 s
const STREAM_IS_DEAD_MS = 40_000;
const RETRY_MS = 2_000;
const RETRY_LATER_MS = 10_000;

/**
 * Tells of changes until the signal is aborted.
 *
 * @param tell gets {task} for a task that was made, changed or restored, {deleted: id} for one that was deleted, and
 *   {reset: true} where what was missed cannot be told
 */
export function followTasks(userId, tell, signal) {
  // By whichever tab: who listens next goes on after the last event that any of them heard
  const heard = { lastId: undefined };
  const take = (event) => {
    heard.lastId = event.id ?? heard.lastId;
    tell(changeOf(event));
  };
  // For secure contexts only. Elsewhere each tab listens for itself
  if (!navigator.locks) {
    listen(heard, take, signal);
    return;
  }
  // Named after the user, so that nobody hears of another's tasks
  const name = `todo-events-${userId}`;
  const tabs = new BroadcastChannel(name);
  tabs.onmessage = ({ data }) => take(data);
  signal.addEventListener('abort', () => tabs.close());
  const takeAndPassOn = (event) => {
    take(event);
    tabs.postMessage(event);
  };
  // Whoever holds the lock listens, the others wait for it; it is let go with the tab, however that ends
  const turn = navigator.locks.request(name, { signal }, () => listen(heard, takeAndPassOn, signal));
  turn.catch(() => {
    // Aborted while it waited
  });
}

async function listen(heard, take, signal) {
  let failures = 0;
  while (!signal.aborted) {
    try {
      for await (const event of eventsAfter(heard.lastId, signal)) {
        if (signal.aborted) return;
        failures = 0;
        if (event.event) take(event);
      }
    } catch {
      if (signal.aborted) return;
      failures++;
      // So that changes appear where something on the way lets no streams through, too
      take({ event: 'reset' });
    }
    await pause(failures < 3 ? RETRY_MS : RETRY_LATER_MS, signal);
  }
}

/** Until the service ends the stream. EventSource cannot send the Authorization header, so it is read by hand. */
async function* eventsAfter(lastId, signal) {
  const connection = new AbortController();
  const close = () => connection.abort();
  signal.addEventListener('abort', close);
  let silence;
  try {
    const answer = await authorizedCall('GET', '/tasks/events', {
      headers: { Accept: 'text/event-stream', ...(lastId && { 'Last-Event-ID': lastId }) },
      patience: STREAM_OPENS_MS,
      signal: connection.signal,
    });
    if (!answer.headers.get('Content-Type')?.startsWith('text/event-stream')) throw new Error('not a stream');
    // What happened before it was open
    if (!lastId) yield { event: 'reset' };
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const next = () => {
      clearTimeout(silence);
      silence = setTimeout(close, STREAM_IS_DEAD_MS);
      return reader.read();
    };
    let text = '';
    for (let part = await next(); !part.done; part = await next()) {
      text = (text + part.value).replaceAll('\r\n', '\n');
      const events = text.split('\n\n');
      text = events.pop();
      yield* events.map(parsed);
    }
  } finally {
    clearTimeout(silence);
    close();
    signal.removeEventListener('abort', close);
  }
}

/** Comments have no `event`. */
function parsed(text) {
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
