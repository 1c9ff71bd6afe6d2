// Reads a page of a list. The Link header has the address of the next page.

import { json } from './api';

/**
 * @template T
 * @param {string} path of the list that the response is a page of; the next page differs in its query only
 * @param {import('todo-api').ApiResponse<T[]>} response
 * @returns {Promise<import('todo-api').Page<T>>}
 */
export async function pageOf(path, response) {
  return { items: await json(response), next: nextPath(path, response.headers.get('Link')) };
}

function nextPath(path, link) {
  const query = link?.match(/<[^>]*(\?[^>]+)>;\s*rel="?next"?/)?.[1];
  return query ? path.split('?')[0] + query : null;
}
