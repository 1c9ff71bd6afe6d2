import { reloadWarning } from '../services/address';

/** Tells people before they sign in that a reload will sign them out. */
export function ReloadWarning({ isRefused }) {
  const warning = reloadWarning(isRefused);
  return (
    warning && (
      <p className="card" role="alert">
        {warning}
      </p>
    )
  );
}
