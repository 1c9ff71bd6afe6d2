// All calls to the tasks part of the API.

import { pageOf } from './pages';
import { authorized, authorizedCall } from './session';

/** @import { NewTask, Page, Task, TaskPatch, TaskQuery } from 'todo-api' */

const MAX_PAGE_SIZE = 200;
const FILE_TIMEOUT_MS = 300_000;

/**
 * The first page of the tasks that match the query.
 *
 * @param {TaskQuery} query an array repeats its parameter
 * @param {AbortSignal} [signal]
 */
export const tasks = (query, signal) => tasksAt(`/tasks?${searchParams(query)}`, signal);

/**
 * @param {string} path
 * @param {AbortSignal} [signal]
 * @returns {Promise<Page<Task>>}
 */
export const tasksAt = async (path, signal) => pageOf(path, await authorizedCall('GET', path, { signal }));

/**
 * All tasks that match the query, from all pages.
 *
 * @param {TaskQuery} query
 */
export async function* allTasks(query) {
  let page = await tasks({ ...query, limit: MAX_PAGE_SIZE });
  yield* page.items;
  while (page.next) {
    page = await tasksAt(page.next);
    yield* page.items;
  }
}

/** @param {string} id */
export const task = (id) => authorized('GET', `/tasks/${id}`);
export const stats = () => authorized('GET', '/tasks/stats');

/**
 * Adds a task. After a timeout it retries with the same key, so the task is created only once.
 *
 * @param {NewTask} fields
 */
export async function add(fields) {
  const request = { body: fields, headers: { 'Idempotency-Key': randomKey() } };
  try {
    return await authorized('POST', '/tasks', request);
  } catch (e) {
    if (e.code !== 'timeout') throw e;
    return authorized('POST', '/tasks', request);
  }
}

/**
 * @param {string} id
 * @param {TaskPatch} changes
 * @param {Task} [known]
 * @throws {ApiError} with status 412 if the task is no longer the version `known`; without it, any version is changed
 */
export const change = (id, changes, known) =>
  authorized('PATCH', `/tasks/${id}`, {
    body: changes,
    headers: { 'Content-Type': 'application/merge-patch+json', ...(known && { 'If-Match': etag(known) }) },
  });

/**
 * @param {string} id
 * @param {boolean} completed
 * @returns the task, with `next` if it is a recurring one and completing it created the next
 */
export const complete = (id, completed) => authorized('PATCH', `/tasks/${id}/complete`, { body: { completed } });

export const remove = (id) => authorized('DELETE', `/tasks/${id}`);
export const restore = (id) => authorized('POST', `/tasks/${id}/restore`);
export const clearCompleted = () => authorized('DELETE', '/tasks?completed=true');

/** @param {'json' | 'csv' | 'ics'} format */
export async function exportTasks(format) {
  const response = await authorizedCall('GET', `/tasks/export?format=${format}`, {
    headers: { Accept: '*/*' },
    timeoutMs: FILE_TIMEOUT_MS,
  });
  return response.blob();
}

/** @returns {Promise<number>} the number of imported tasks; all tasks of the file are imported, or none */
export async function importTasks(file) {
  const isCsv = file.name.toLowerCase().endsWith('.csv');
  const { imported: count } = await authorized('POST', '/tasks/import', {
    body: file,
    headers: { 'Content-Type': isCsv ? 'text/csv' : 'application/json', 'Idempotency-Key': randomKey() },
    timeoutMs: FILE_TIMEOUT_MS,
  });
  return count;
}

function searchParams(query) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const each of [value].flat()) {
      if (each !== undefined && each !== null && each !== '') parameters.append(name, each);
    }
  }
  return parameters;
}

const etag = (known) => `"${known.version}"`;

// crypto.randomUUID needs a secure context
function randomKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
