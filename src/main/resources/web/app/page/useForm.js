import { useEffect, useRef, useState } from 'react';

/**
 * The state of a form whose submit calls the API: busy, and the error if it was refused.
 *
 * @param submit gets the form's values by name; what it throws is shown until the next try
 */
export function useForm(submit) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const submitted = useRef(null);

  // To the first field that is wrong, once it is marked
  useEffect(() => {
    if (error) submitted.current.querySelector('[aria-invalid]')?.focus();
  }, [error]);

  const onSubmit = async (event) => {
    event.preventDefault();
    if (busy) return;
    const form = event.currentTarget;
    submitted.current = form;
    setBusy(true);
    setError(null);
    try {
      await submit(Object.fromEntries(new FormData(form)), form);
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, fields: error?.fields ?? {}, onSubmit };
}
