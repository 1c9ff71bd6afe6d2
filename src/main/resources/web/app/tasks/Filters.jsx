import { useEffect, useState } from 'react';
import { Select } from '../page/Select';
import { Icon } from '../page/Icon';
import { go, goInPlace, href } from '../page/route';
import { SearchBox } from '../page/SearchBox';
import { addressOf, DUES, PRIORITIES, SORTS } from './view';

const TYPING_MS = 250;

/** Search, filters and order; all of it goes into the address. */
export function Filters({ view }) {
  const set = (changes) => go(view.path, addressOf({ ...view, ...changes }));
  return (
    <div className="tools">
      <Search view={view} />
      <Select
        label="Priority"
        any="Any"
        choices={PRIORITIES}
        value={view.priority}
        onChange={(priority) => set({ priority })}
      />
      <Select label="Due" any="Any time" choices={DUES} value={view.due} onChange={(due) => set({ due })} />
      <Select label="Sort by" choices={SORTS} value={view.sort} onChange={(sort) => set({ sort })} />
      {view.tags.length > 0 && (
        <ul className="chosen-tags" aria-label="Only tasks with these tags">
          {view.tags.map((tag) => (
            <li key={tag}>
              <a
                className="tag"
                aria-label={`No longer only “${tag}”`}
                href={href(view.path, addressOf({ ...view, tags: view.tags.filter((each) => each !== tag) }))}
              >
                {tag} <Icon name="close" />
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Search({ view }) {
  const [typed, setTyped] = useState(view.q);
  // Back, and the link to everything
  useEffect(() => setTyped(view.q), [view.q]);
  useEffect(() => {
    if (typed === view.q) return undefined;
    const timer = setTimeout(() => goInPlace(view.path, addressOf({ ...view, q: typed })), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed, view]);
  return <SearchBox label="Search tasks" placeholder="Search" value={typed} onChange={setTyped} />;
}
