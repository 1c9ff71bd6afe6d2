// What other tabs and devices do to the user's tasks. One tab listens to the service and tells the others: browsers
// open few connections to one host, and an event stream keeps one of them.

import { everyTask } from './taskService';
import { authorizedCall } from './session';

const STREAM_OPENS_MS = 15_000;
// The service sends a comment every 15 s
const STREAM_IS_DEAD_MS = 40_000;
const RETRY_MS = 2_000;
const POLL_MS = 10_000;
// To be told twice does no harm
const CLOCKS_DIFFER_MS = 120_000;

/**
 * Tells of changes until the signal is aborted.
 *
 * @param tell gets {task} for a task that was made, changed or restored, {deleted: id} for one that was deleted, and
 *   {reset: true} where too much was missed to be told
 */
export function followTasks(userId, tell, signal) {
  const channel = new BroadcastChannel(`todo-tasks-${userId}`);
  channel.onmessage = ({ data }) => tell(data);
  signal.addEventListener('abort', () => channel.close());
  const tellAll = (change) => {
    if (signal.aborted) return;
    tell(change);
    channel.postMessage(change);
  };
  const follow = () => listen(tellAll, signal);
  if (navigator.locks) {
    navigator.locks.request(`todo-tasks-${userId}`, { signal }, follow).catch(() => {});
  } else {
    follow();
  }
}

async function listen(tell, signal) {
  const position = { lastEventId: null, since: new Date(Date.now() - CLOCKS_DIFFER_MS).toISOString() };
  let failures = 0;
  while (!signal.aborted) {
    try {
      await stream(position, tell, signal, () => (failures = 0));
    } catch (e) {
      if (e.code === 'cancelled') return;
      failures++;
    }
    if (signal.aborted) return;
    if (failures === 0) {
      await pause(RETRY_MS, signal);
    } else {
      await poll(position, tell).catch(() => {});
      await pause(failures < 3 ? RETRY_MS : POLL_MS, signal);
    }
  }
}

// EventSource cannot send the Authorization header, so the stream is read by hand
async function stream(position, tell, signal, opened) {
  const silence = new AbortController();
  const stop = () => silence.abort();
  signal.addEventListener('abort', stop);
  let watch;
  try {
    const answer = await authorizedCall('GET', '/tasks/events', {
      headers: {
        Accept: 'text/event-stream',
        ...(position.lastEventId && { 'Last-Event-ID': position.lastEventId }),
      },
      patience: STREAM_OPENS_MS,
      signal: silence.signal,
    });
    if (!answer.headers.get('Content-Type')?.startsWith('text/event-stream')) throw new Error('not a stream');
    opened();
    // What happened before the stream was open, where there is no event to resume from
    if (!position.lastEventId) await poll(position, tell).catch(() => {});
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const next = () => {
      clearTimeout(watch);
      watch = setTimeout(stop, STREAM_IS_DEAD_MS);
      return reader.read();
    };
    let text = '';
    for (let part = await next(); !part.done; part = await next()) {
      text = (text + part.value).replaceAll('\r\n', '\n');
      const events = text.split('\n\n');
      text = events.pop();
      events.forEach((event) => report(parsed(event), position, tell));
    }
  } finally {
    clearTimeout(watch);
    silence.abort();
    signal.removeEventListener('abort', stop);
  }
}

function parsed(text) {
  const event = { data: '' };
  for (const line of text.split('\n')) {
    const [, name, value] = line.match(/^([^:]+): ?(.*)$/) ?? [];
    if (name === 'data') event.data += value;
    else if (name) event[name] = value;
  }
  return event;
}

function report({ id, event, data }, position, tell) {
  if (id) position.lastEventId = id;
  if (event === 'reset') {
    tell({ reset: true });
  } else if (event === 'task.deleted') {
    tell({ deleted: JSON.parse(data).id });
  } else if (event?.startsWith('task.')) {
    const task = JSON.parse(data);
    if (task.updated_at > position.since) position.since = task.updated_at;
    tell({ task });
  }
}

async function poll(position, tell) {
  for await (const task of everyTask({ updated_since: position.since, sort: 'updated_at' })) {
    position.since = task.updated_at;
    tell(task.deleted_at ? { deleted: task.id } : { task });
  }
}

function pause(milliseconds, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
