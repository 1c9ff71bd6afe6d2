// A client with types made from docs/openapi.yaml, against the service at $BASE_URL. It compiles only if the document
// describes these calls, and it ends with an error if the service does something else.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import createClient from 'openapi-fetch';
import type { NewTask, Problem, paths } from './target/api.js';

const api = createClient<paths>({ baseUrl: process.env.BASE_URL });
const credentials = { email: `client-${randomUUID()}@example.com`, password: 'correct horse battery' };

// Sign up
const signUp = await api.POST('/auth/signup', { body: credentials });
assert.equal(signUp.response.status, 201);
assert.equal(signUp.data?.email, credentials.email);
assert.equal(signUp.data?.role, 'user');
refused(await api.POST('/auth/signup', { body: credentials }), 'email_taken');

// Log in
refused(await api.POST('/auth/login', { body: { ...credentials, password: 'wrong' } }), 'invalid_credentials');
const logIn = await api.POST('/auth/login', { body: credentials });
assert.ok(logIn.data);
const token = logIn.data.access_token;
refused(await api.GET('/tasks'), 'unauthorized');
api.use({
  onRequest({ request }) {
    request.headers.set('Authorization', `Bearer ${token}`);
  },
});

// Create
const wanted: NewTask = { title: 'Buy milk', priority: 'high', tags: ['shopping'], due_at: '2030-12-24T18:00:00Z' };
const milk = await create(wanted);
await create({ title: 'Call Ada' });
assert.equal(milk.completed, false);
assert.equal(milk.description, null);
const invalid = await api.POST('/tasks', { body: { title: ' ' } });
refused(invalid, 'validation_failed');
assert.deepEqual(invalid.error?.errors, [{ field: 'title', message: 'must not be blank' }]);
// @ts-expect-error a member that does not exist
const misspelled: NewTask = { title: 'Buy milk', prio: 'high' };
refused(await api.POST('/tasks', { body: misspelled }), 'validation_failed');
// @ts-expect-error a value that does not exist
refused(await api.POST('/tasks', { body: { title: 'Buy milk', priority: 'urgent' } }), 'validation_failed');

// List with filters
const list = await api.GET('/tasks', {
  params: {
    query: { completed: false, priority: ['high'], tag: ['shopping'], q: 'mil', sort: 'due_at', limit: 9, count: true },
  },
});
assert.deepEqual(list.data?.map((task) => task.id), [milk.id]);
assert.equal(list.response.headers.get('X-Total-Count'), '1');
// @ts-expect-error a parameter that does not exist
refused(await api.GET('/tasks', { params: { query: { done: true } } }), 'invalid_parameter');

// Patch one member, if nobody else has changed the task
const id = { path: { id: milk.id } };
const known = { ...id, header: { 'If-Match': `"${milk.version}"` } };
const patch = await api.PATCH('/tasks/{id}', { params: known, body: { due_at: null } });
assert.deepEqual({ ...patch.data, version: 1, updated_at: milk.updated_at }, { ...milk, due_at: null });
refused(await api.PATCH('/tasks/{id}', { params: known, body: { due_at: null } }), 'precondition_failed');

// Delete
assert.equal((await api.DELETE('/tasks/{id}', { params: id })).response.status, 204);
refused(await api.GET('/tasks/{id}', { params: id }), 'not_found');
assert.equal((await api.DELETE('/users/me', { body: { password: credentials.password } })).response.status, 204);

async function create(task: NewTask) {
  const { data, error } = await api.POST('/tasks', { body: task });
  assert.ok(data, error?.detail);
  return data;
}

function refused(result: { error?: Problem; response: Response }, code: Problem['code']) {
  assert.ok(result.error, `${code} expected`);
  assert.equal(result.error.code, code);
  assert.equal(result.error.status, result.response.status);
}
