import { useCallback, useEffect, useState } from 'react';
import { Select } from '../page/Select';
import { Confirm } from '../page/Dialog';
import { useNotices } from '../page/Notices';
import { SearchBox } from '../page/SearchBox';
import { changeUser, deleteUser, users, usersAt } from '../services/adminService';
import { Account, ROLES } from './Account';

const TYPING_MS = 250;
const STATES = { false: 'Enabled', true: 'Disabled' };

export function Admin({ user: self }) {
  const [query, setQuery] = useState({ q: '', role: '', disabled: '' });
  const [page, setPage] = useState({ items: null, next: null });
  const [leaving, setLeaving] = useState(null);
  const { tell, warn } = useNotices();

  useEffect(() => {
    let isOutdated = false;
    const timer = setTimeout(() => {
      users(query).then(
        (found) => isOutdated || setPage(found),
        (e) => isOutdated || warn(e),
      );
    }, query.q ? TYPING_MS : 0);
    return () => {
      isOutdated = true;
      clearTimeout(timer);
    };
  }, [query, warn]);

  const more = async () => {
    try {
      const { items, next } = await usersAt(page.next);
      setPage({ items: [...page.items, ...items], next });
    } catch (e) {
      warn(e);
    }
  };
  const change = useCallback(
    async (user, changes, done) => {
      try {
        const changed = await changeUser(user.id, changes);
        setPage(({ items, next }) => ({ items: items.map((each) => (each.id === user.id ? changed : each)), next }));
        tell(done);
      } catch (e) {
        warn(e, `${user.email} was not changed.`);
      }
    },
    [tell, warn],
  );
  const remove = async (user) => {
    setLeaving(null);
    try {
      await deleteUser(user.id);
      setPage(({ items, next }) => ({ items: items.filter(({ id }) => id !== user.id), next }));
      tell(`${user.email} was deleted.`);
    } catch (e) {
      warn(e, `${user.email} was not deleted.`);
    }
  };

  const choose = (name) => (value) => setQuery({ ...query, [name]: value });
  return (
    <section className="card" aria-label="Users">
      <div className="tools">
        <SearchBox label="Search users" placeholder="E-mail address" value={query.q} onChange={choose('q')} />
        <Select label="Role" any="Any" choices={ROLES} value={query.role} onChange={choose('role')} />
        <Select label="State" any="Any" choices={STATES} value={query.disabled} onChange={choose('disabled')} />
      </div>
      {page.items === null && <p role="status">Loading…</p>}
      {page.items?.length === 0 && <p className="empty">Nobody matches.</p>}
      <ul className="rows">
        {page.items?.map((user) => (
          <Account
            key={user.id}
            user={user}
            isSelf={user.id === self.id}
            onChange={change}
            onDelete={() => setLeaving(user)}
          />
        ))}
      </ul>
      {page.next && (
        <button type="button" className="more" onClick={more}>
          Load more
        </button>
      )}
      {leaving && (
        <Confirm
          title={`Delete ${leaving.email}?`}
          text="The account, its tasks and its sessions are deleted. This cannot be undone."
          action="Delete"
          onConfirm={() => remove(leaving)}
          onClose={() => setLeaving(null)}
        />
      )}
    </section>
  );
}
