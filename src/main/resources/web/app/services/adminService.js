// All users' accounts, for administrators.

import { pageOf } from './pages';
import { authorized, authorizedCall } from './session';

/** @import { Account, Page, UserPatch } from 'todo-api' */

/** Newest first. */
export function users({ q, role, disabled }) {
  const query = new URLSearchParams(Object.entries({ q, role, disabled }).filter(([, value]) => value));
  return usersAt(`/admin/users?${query}`);
}

/**
 * @param {string} path
 * @returns {Promise<Page<Account>>}
 */
export const usersAt = async (path) => pageOf(path, await authorizedCall('GET', path));
/** @type {(id: string, changes: UserPatch) => Promise<Account>} */
export const changeUser = (id, changes) => authorized('PATCH', `/admin/users/${id}`, { body: changes });
/** @param {string} id */
export const deleteUser = (id) => authorized('DELETE', `/admin/users/${id}`);
