import { useRef, useState } from 'react';
import { useNotices } from '../page/Notices';
import { exportTasks, importTasks } from '../services/taskService';

const FORMATS = { json: 'JSON', csv: 'CSV', ics: 'Calendar' };

/** Exports tasks to a file and imports them from one. */
export function Transfer({ onImported }) {
  const [busy, setBusy] = useState(false);
  const { notify, warn } = useNotices();
  const fileInput = useRef(null);

  const run = async (action, failureText) => {
    setBusy(true);
    try {
      await action();
    } catch (e) {
      warn(e, failureText);
    } finally {
      setBusy(false);
    }
  };
  const exportAs = (format) =>
    run(async () => {
      const address = URL.createObjectURL(await exportTasks(format));
      Object.assign(document.createElement('a'), { href: address, download: `tasks.${format}` }).click();
      URL.revokeObjectURL(address);
    }, 'Nothing was exported.');
  const importFile = (event) => {
    const [chosen] = event.target.files;
    event.target.value = '';
    if (!chosen) return undefined;
    return run(async () => {
      const count = await importTasks(chosen);
      notify(`Imported ${count} ${count === 1 ? 'task' : 'tasks'}.`);
      onImported();
    }, 'Nothing was imported.');
  };
  return (
    <details className="transfer">
      <summary>Export and import</summary>
      <div className="actions" aria-busy={busy}>
        {Object.entries(FORMATS).map(([format, name]) => (
          <button type="button" key={format} disabled={busy} onClick={() => exportAs(format)}>
            Export {name}
          </button>
        ))}
        <button type="button" disabled={busy} onClick={() => fileInput.current.click()}>
          Import JSON or CSV
        </button>
        <input
          ref={fileInput}
          type="file"
          accept=".json,.csv,application/json,text/csv"
          aria-label="File to import"
          hidden
          onChange={importFile}
        />
      </div>
    </details>
  );
}
