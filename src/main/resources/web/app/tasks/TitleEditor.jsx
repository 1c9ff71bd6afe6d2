import { useEffect, useRef } from 'react';

/** Enter and leaving it save, Escape does not. */
export function TitleEditor({ title, onFinish }) {
  const input = useRef(null);
  const isDone = useRef(false);

  useEffect(() => {
    input.current.focus();
    input.current.setSelectionRange(title.length, title.length);
  }, [title]);

  const finish = (value, byKey) => {
    if (isDone.current) return;
    isDone.current = true;
    onFinish(value, byKey);
  };
  const onKeyDown = (event) => {
    // While an input method composes, these keys are for it
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      // Else it would press the button that has the focus next
      event.preventDefault();
      finish(input.current.value.trim(), true);
    }
    if (event.key === 'Escape') finish(undefined, true);
  };
  return (
    <input
      ref={input}
      className="edit"
      aria-label="Edit"
      defaultValue={title}
      maxLength={200}
      onKeyDown={onKeyDown}
      onBlur={() => finish(input.current.value.trim(), false)}
      autoComplete="off"
    />
  );
}
