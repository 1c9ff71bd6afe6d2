import { useEffect, useState } from 'react';
import { Icon } from '../page/Icon';
import { go, href, replaceRoute } from '../page/route';
import { SearchBox } from '../page/SearchBox';
import { Select } from '../page/Select';
import { addressOf, DUES, PRIORITIES, SORTS } from './view';

const SEARCH_DELAY_MS = 250;

/** Search, filters and sort order, all kept in the URL. */
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
        <ul className="chosen-tags" aria-label="Selected tags">
          {view.tags.map((tag) => (
            <li key={tag}>
              <a
                className="tag"
                aria-label={`Remove tag filter “${tag}”`}
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
  // Back and “Show all tasks” change it too
  useEffect(() => setTyped(view.q), [view.q]);
  useEffect(() => {
    if (typed === view.q) return undefined;
    const timer = setTimeout(() => replaceRoute(view.path, addressOf({ ...view, q: typed })), SEARCH_DELAY_MS);
    return () => clearTimeout(timer);
  }, [typed, view]);
  return <SearchBox label="Search tasks" placeholder="Search" value={typed} onChange={setTyped} />;
}
