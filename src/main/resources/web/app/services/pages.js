// Lists come in pages; the header Link leads to the next one.

import { json } from './api';

export async function pageOf(answer) {
  return { items: await json(answer), next: nextIn(answer.headers.get('Link')) };
}

function nextIn(link) {
  const target = link?.match(/<([^>]+)>;\s*rel="?next"?/)?.[1];
  if (!target) return null;
  const url = new URL(target, location.origin);
  return url.pathname + url.search;
}
