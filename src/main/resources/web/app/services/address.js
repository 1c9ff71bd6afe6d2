// Where the page and the API are.

const meta = (name) => document.querySelector(`meta[name=${name}]`)?.getAttribute('content') ?? '';

/** The service's address if the page is hosted elsewhere; empty if the service itself serves the page. */
export const API_ORIGIN = meta('api-origin');

/** In front of the API's paths. A proxy may have put the service under a path of its own, as the page's shows. */
export const BASE = API_ORIGIN || new URL('.', document.baseURI).pathname.slice(0, -1);
