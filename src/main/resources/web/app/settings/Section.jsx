import { useId } from 'react';

export function Section({ title, children }) {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}

/** A list from the service, or its loading state or error. */
export function Loaded({ list: { items, error, reload }, children }) {
  if (error) {
    return (
      <div role="alert">
        <p>{error.message}</p>
        <button type="button" onClick={reload}>
          Try again
        </button>
      </div>
    );
  }
  return items ? children(items) : <p role="status">Loading…</p>;
}
