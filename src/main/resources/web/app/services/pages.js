// Reads a page of a list. The Link header has the address of the next page.

import { json } from './api';

export async function pageOf(response) {
  return { items: await json(response), next: nextPath(response.headers.get('Link')) };
}

function nextPath(link) {
  const target = link?.match(/<([^>]+)>;\s*rel="?next"?/)?.[1];
  if (!target) return null;
  const url = new URL(target, location.origin);
  return url.pathname + url.search;
}
