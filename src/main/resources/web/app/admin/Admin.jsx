import { useCallback, useEffect, useState } from 'react';
import { Confirm } from '../page/Dialog';
import { useNotices } from '../page/Notices';
import { SearchBox } from '../page/SearchBox';
import { Select } from '../page/Select';
import { changeUser, deleteUser, users, usersAt } from '../services/adminService';
import { Account, ROLES } from './Account';

const SEARCH_DELAY_MS = 250;
const STATUSES = { false: 'Enabled', true: 'Disabled' };

export function Admin({ user: self }) {
  const [query, setQuery] = useState({ q: '', role: '', disabled: '' });
  const [page, setPage] = useState({ items: null, next: null });
  const [toDelete, setToDelete] = useState(null);
  const { notify, warn } = useNotices();

  useEffect(() => {
    let isOutdated = false;
    const timer = setTimeout(() => {
      users(query).then(
        (found) => isOutdated || setPage(found),
        (e) => isOutdated || warn(e),
      );
    }, query.q ? SEARCH_DELAY_MS : 0);
    return () => {
      isOutdated = true;
      clearTimeout(timer);
    };
  }, [query, warn]);

  const loadMore = async () => {
    try {
      const { items, next } = await usersAt(page.next);
      setPage({ items: [...page.items, ...items], next });
    } catch (e) {
      warn(e);
    }
  };
  const change = useCallback(
    async (user, changes, message) => {
      try {
        const changed = await changeUser(user.id, changes);
        setPage(({ items, next }) => ({ items: items.map((each) => (each.id === user.id ? changed : each)), next }));
        notify(message);
      } catch (e) {
        warn(e, `${user.email} was not changed.`);
      }
    },
    [notify, warn],
  );
  const remove = async (user) => {
    setToDelete(null);
    try {
      await deleteUser(user.id);
      setPage(({ items, next }) => ({ items: items.filter(({ id }) => id !== user.id), next }));
      notify(`${user.email} was deleted.`);
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
        <Select label="Status" any="Any" choices={STATUSES} value={query.disabled} onChange={choose('disabled')} />
      </div>
      {page.items === null && <p role="status">Loading…</p>}
      {page.items?.length === 0 && <p className="empty">No users match.</p>}
      <ul className="rows">
        {page.items?.map((user) => (
          <Account
            key={user.id}
            user={user}
            isSelf={user.id === self.id}
            onChange={change}
            onDelete={() => setToDelete(user)}
          />
        ))}
      </ul>
      {page.next && (
        <button type="button" className="more" onClick={loadMore}>
          Load more
        </button>
      )}
      {toDelete && (
        <Confirm
          title={`Delete ${toDelete.email}?`}
          text="This deletes the account and all its tasks. It cannot be undone."
          action="Delete"
          onConfirm={() => remove(toDelete)}
          onClose={() => setToDelete(null)}
        />
      )}
    </section>
  );
}
