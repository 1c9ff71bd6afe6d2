// Tasks: the only place that calls their part of the API.

import { pageOf } from './pages';
import { authorized, authorizedCall } from './session';

const LARGEST_PAGE = 200;
const FILE_PATIENCE_MS = 300_000;

/**
 * The first page of what the query asks for.
 *
 * @param query parameters of GET /tasks; a list repeats its parameter
 * @returns {Promise<{items: object[], next: string?}>} next is the path of the next page
 */
export const tasks = (query, signal) => tasksAt(`/tasks?${search(query)}`, signal);
export const tasksAt = async (path, signal) => pageOf(await authorizedCall('GET', path, { signal }));

/** All tasks of the query, however many pages they fill. */
export async function* everyTask(query) {
  let page = await tasks({ ...query, limit: LARGEST_PAGE });
  yield* page.items;
  while (page.next) {
    page = await tasksAt(page.next);
    yield* page.items;
  }
}

export const task = (id) => authorized('GET', `/tasks/${id}`);
export const stats = () => authorized('GET', '/tasks/stats');

/** Adds a task. An answer that got lost is asked for again, under the same key: the task is made once. */
export async function add(fields) {
  const request = { body: fields, headers: { 'Idempotency-Key': uniqueKey() } };
  try {
    return await authorized('POST', '/tasks', request);
  } catch (e) {
    if (e.code !== 'timeout') throw e;
    return authorized('POST', '/tasks', request);
  }
}

/** @throws ApiError with status 412 where the task is no longer as `known`; without `known` it does not matter */
export const change = (id, changes, known) =>
  authorized('PATCH', `/tasks/${id}`, {
    body: changes,
    headers: { 'Content-Type': 'application/merge-patch+json', ...(known && { 'If-Match': etag(known) }) },
  });

/** @returns the task, with `next` where completing a recurring one made another */
export const complete = (id, completed) => authorized('PATCH', `/tasks/${id}/complete`, { body: { completed } });

export const remove = (id) => authorized('DELETE', `/tasks/${id}`);
export const restore = (id) => authorized('POST', `/tasks/${id}/restore`);
export const clearCompleted = () => authorized('DELETE', '/tasks?completed=true');

/** @param format json, csv or ics */
export async function exported(format) {
  const answer = await authorizedCall('GET', `/tasks/export?format=${format}`, {
    headers: { Accept: '*/*' },
    patience: FILE_PATIENCE_MS,
  });
  return answer.blob();
}

/** @returns {Promise<number>} how many tasks the file had; all or none are imported */
export async function imported(file) {
  const isCsv = file.name.toLowerCase().endsWith('.csv');
  const { imported: count } = await authorized('POST', '/tasks/import', {
    body: file,
    headers: { 'Content-Type': isCsv ? 'text/csv' : 'application/json', 'Idempotency-Key': uniqueKey() },
    patience: FILE_PATIENCE_MS,
  });
  return count;
}

function search(query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== null && each !== '') parameters.append(name, each);
    }
  }
  return parameters;
}

const etag = (known) => `"${known.version}"`;

// crypto.randomUUID is for secure contexts only
function uniqueKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
