import { useRef, useState } from 'react';
import { useNotices } from '../page/Notices';
import { exported, imported } from '../services/taskService';

const FORMATS = { json: 'JSON', csv: 'CSV', ics: 'Calendar' };

/** Take the tasks along, and bring them in. */
export function Transfer({ onImported }) {
  const [busy, setBusy] = useState(false);
  const { tell, warn } = useNotices();
  const file = useRef(null);

  const attempt = async (what, action) => {
    setBusy(true);
    try {
      await action();
    } catch (e) {
      warn(e, what);
    } finally {
      setBusy(false);
    }
  };
  const save = (format) =>
    attempt('Nothing was exported.', async () => {
      const address = URL.createObjectURL(await exported(format));
      Object.assign(document.createElement('a'), { href: address, download: `tasks.${format}` }).click();
      URL.revokeObjectURL(address);
    });
  const bring = (event) => {
    const [chosen] = event.target.files;
    event.target.value = '';
    if (!chosen) return undefined;
    return attempt('Nothing was imported.', async () => {
      const count = await imported(chosen);
      tell(`Imported ${count} ${count === 1 ? 'task' : 'tasks'}.`);
      onImported();
    });
  };
  return (
    <details className="transfer">
      <summary>Export and import</summary>
      <div className="actions" aria-busy={busy}>
        {Object.entries(FORMATS).map(([format, name]) => (
          <button type="button" key={format} disabled={busy} onClick={() => save(format)}>
            Export {name}
          </button>
        ))}
        <button type="button" disabled={busy} onClick={() => file.current.click()}>
          Import JSON or CSV
        </button>
        <input
          ref={file}
          type="file"
          accept=".json,.csv,application/json,text/csv"
          aria-label="File to import"
          hidden
          onChange={bring}
        />
      </div>
    </details>
  );
}
