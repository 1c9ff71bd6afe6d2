import { useState } from 'react';
import { dueText } from '../page/dates';
import { Dialog } from '../page/Dialog';
import { useNotices } from '../page/Notices';
import { ruleText } from './recurrence';
import { PRIORITIES } from './view';

/** Shows both versions of a task that was changed here and elsewhere, and lets the user choose one. */
export function Conflict({ known, changes, current, list, onClose }) {
  const [busy, setBusy] = useState(false);
  const { notify, warn } = useNotices();
  const mine = { ...known, ...changes };
  const differences = Object.keys(FIELDS).filter(
    (name) => name in changes || text(name, current) !== text(name, known),
  );

  const keepMine = async () => {
    setBusy(true);
    try {
      await list.overwrite(current, changes);
      notify('Your version was saved.');
      onClose();
    } catch (e) {
      warn(e);
      setBusy(false);
    }
  };
  return (
    <Dialog title="Changed elsewhere" onClose={onClose}>
      <p>While you were editing, this task was changed somewhere else. Which version do you want to keep?</p>
      <table className="versions">
        <thead>
          <tr>
            <td />
            <th scope="col">Yours</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((name) => (
            <tr key={name}>
              <th scope="row">{FIELDS[name].label}</th>
              <td>{text(name, name in changes ? mine : current)}</td>
              <td>{text(name, current)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="actions">
        <button type="button" onClick={onClose}>
          Keep theirs
        </button>
        <button type="button" className="primary" onClick={keepMine} aria-busy={busy}>
          Keep mine
        </button>
      </div>
    </Dialog>
  );
}

const FIELDS = {
  title: { label: 'Title' },
  description: { label: 'Description' },
  due_at: { label: 'Due', show: dueText },
  priority: { label: 'Priority', show: (priority) => PRIORITIES[priority] },
  tags: { label: 'Tags', show: (tags) => tags.join(', ') },
  recurrence: { label: 'Repeat', show: ruleText },
};

function text(name, task) {
  const value = task[name];
  return value === null || value.length === 0 ? '–' : (FIELDS[name].show ?? String)(value);
}
