import { useState } from 'react';
import { useNotices } from '../page/Notices';

export function NewTask({ list, view }) {
  const [title, setTitle] = useState('');
  const { notify, warn } = useNotices();

  const add = async (event) => {
    event.preventDefault();
    const trimmed = title.trim();
    if (!trimmed) return;
    setTitle('');
    try {
      await list.add({ title: trimmed });
      if (view.path === '/completed') notify(`Added “${trimmed}” to the active tasks.`);
    } catch (e) {
      // Restore the title, unless the user has typed something else by now
      setTitle((current) => current || trimmed);
      warn(e, 'The task was not added.');
    }
  };

  return (
    <form onSubmit={add} className="new">
      <input
        className="new-todo"
        aria-label="What needs to be done?"
        placeholder="What needs to be done?"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        enterKeyHint="done"
        autoComplete="off"
        autoFocus
      />
      <button type="submit" className="primary">
        Add
      </button>
    </form>
  );
}
