import { useEffect, useRef } from 'react';

/** Enter or leaving the input saves; Escape cancels. */
export function TitleEditor({ title, onFinish }) {
  const input = useRef(null);
  const isDone = useRef(false);

  useEffect(() => {
    input.current.focus();
    input.current.setSelectionRange(title.length, title.length);
  }, [title]);

  const finish = (value, withKeyboard) => {
    if (isDone.current) return;
    isDone.current = true;
    onFinish(value, withKeyboard);
  };
  const onKeyDown = (event) => {
    // These keys belong to the input method while it composes
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      // Otherwise it would press the button that gets the focus next
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
