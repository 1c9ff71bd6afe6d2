import { useEffect, useId, useRef } from 'react';

/** A modal dialog. Escape calls onClose; the content may have a Cancel button that does the same. */
export function Dialog({ title, onClose, isClosable = true, children }) {
  const dialog = useRef(null);
  const id = useId();

  useEffect(() => {
    const element = dialog.current;
    const opener = document.activeElement;
    element.showModal();
    element.querySelector('[data-focus]')?.focus();
    return () => {
      element.close();
      if (opener?.isConnected) opener.focus();
    };
  }, []);

  const cancel = (event) => {
    event.preventDefault();
    if (isClosable) onClose();
  };
  return (
    <dialog ref={dialog} aria-labelledby={id} onCancel={cancel} onKeyDown={(event) => event.stopPropagation()}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

/** Asks for confirmation before an action that cannot be undone. */
export function Confirm({ title, text, action, onConfirm, onClose }) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div className="actions">
        <button type="button" onClick={onClose}>
          Cancel
        </button>
        <button type="button" className="danger" onClick={onConfirm}>
          {action}
        </button>
      </div>
    </Dialog>
  );
}
