// Where the page and the API are, and whether the browser keeps the refresh cookie there.

const meta = (name) => document.querySelector(`meta[name=${name}]`)?.getAttribute('content') ?? '';

/** The service's address if the page is hosted elsewhere; empty if the service itself serves the page. */
export const API_ORIGIN = meta('api-origin');

/** In front of the API's paths. A proxy may have put the service under a path of its own, as the page's shows. */
export const BASE = API_ORIGIN || new URL('.', document.baseURI).pathname.slice(0, -1);

const PUBLIC_URL = meta('public-url');

/**
 * Says why reloading the page will sign the user out, and what to do about it; null if nothing is wrong.
 *
 * @param isRefused whether the service has refused the page's origin
 */
export function reloadWarning(isRefused) {
  if (API_ORIGIN) return null;
  const here = location.origin + BASE;
  if (isRefused || (BASE && !PUBLIC_URL)) {
    return (
      `The service does not know that this page is at ${here}, so you have to sign in again after each reload. ` +
      (PUBLIC_URL ? `Open ${PUBLIC_URL} instead.` : `To fix this, set PUBLIC_URL=${here} for the service.`)
    );
  }
  // Only there do browsers keep a cookie that is meant for https://
  if (!isSecureContext && !PUBLIC_URL.startsWith('http://')) {
    return (
      'This page is not encrypted, so you have to sign in again after each reload. ' +
      (PUBLIC_URL ? `Open ${PUBLIC_URL} instead.` : `Use https://, or set PUBLIC_URL=${here} for the service.`)
    );
  }
  return null;
}
