// All users' accounts, for administrators.

import { pageOf } from './pages';
import { authorized, authorizedCall } from './session';

/** @returns {Promise<{items: object[], next: string?}>} newest first; next is the path of the next page */
export function users({ q, role, disabled }) {
  const query = new URLSearchParams(Object.entries({ q, role, disabled }).filter(([, value]) => value));
  return usersAt(`/admin/users?${query}`);
}

export const usersAt = async (path) => pageOf(path, await authorizedCall('GET', path));
export const changeUser = (id, changes) => authorized('PATCH', `/admin/users/${id}`, { body: changes });
export const deleteUser = (id) => authorized('DELETE', `/admin/users/${id}`);
