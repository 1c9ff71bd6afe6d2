import { useState } from 'react';
import { useNotices } from '../page/Notices';

export function NewTask({ list, view }) {
  const [title, setTitle] = useState('');
  const { tell, warn } = useNotices();

  const add = async (event) => {
    event.preventDefault();
    const typed = title.trim();
    if (!typed) return;
    setTitle('');
    try {
      await list.add({ title: typed });
      if (view.path === '/completed') tell(`Added “${typed}” to the active tasks.`);
    } catch (e) {
      // Give back what was typed, unless something else is being typed by now
      setTitle((now) => now || typed);
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
