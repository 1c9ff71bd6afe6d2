import { useEffect, useState } from 'react';

/** The error of a form and, after a 429, a countdown to the next attempt. */
export function FormError({ error }) {
  return (
    <>
      <div role="alert">
        {error && (
          <p className="wrong">
            {Object.keys(error.fields).length > 0 ? 'Please correct the marked fields.' : error.message}
          </p>
        )}
      </div>
      <Wait error={error} />
    </>
  );
}

function Wait({ error }) {
  const left = useSecondsLeft(error);
  if (left === 0) return null;
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return (
    <p className="hint" role="timer">
      You can try again in {clock}
    </p>
  );
}

function useSecondsLeft(error) {
  const [left, setLeft] = useState(0);
  useEffect(() => {
    if (error?.status !== 429) {
      setLeft(0);
      return undefined;
    }
    const end = Date.now() + error.retryAfter * 1000;
    const tick = () => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000)));
    tick();
    const timer = setInterval(tick, 1000);
    return () => clearInterval(timer);
  }, [error]);
  return left;
}
