import { useEffect, useRef, useState } from 'react';

/**
 * The state of a form that calls the API when it is submitted: whether it is busy, and the error if the call failed.
 *
 * @param submit receives the form's values by name; an error that it throws is kept until the next attempt
 */
export function useForm(submit) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(null);
  const submitted = useRef(null);

  // Moves the focus to the first invalid field
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
