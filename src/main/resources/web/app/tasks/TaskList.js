// The tasks of a view, in sync with the service. Shows the user's changes at once, on top of the tasks that the service
// has confirmed, and undoes them if the service rejects them.

import * as service from '../services/taskService';
import { forEachConcurrently, RequestQueue } from './requestQueue';
import { isFiltered, queryOf, haveSameSortKey, shows } from './view';

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;
const SYNC_DELAY_MS = 300;

export class TaskList {
  #view = null;
  #confirmed = [];
  #next = null;
  #stats = { open: 0, completed: 0 };
  #state = 'loading';
  #error = null;

  #pending = [];
  #queue = new RequestQueue();
  // Tasks created on this page: their promises by the draft's id, and the draft's id by the task's id
  #created = new Map();
  #keys = new Map();
  // The value of #changes when they were stored, by the task's id
  #stored = new Map();
  #deleted = new Set();
  #changes = 0;

  #isStale = false;
  #syncTimer = null;
  #syncing = false;
  #closed = false;

  #listeners = new Set();
  #snapshot = null;

  constructor() {
    this.#publish();
  }

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** The current state, for rendering. */
  snapshot = () => this.#snapshot;

  close() {
    this.#closed = true;
    clearTimeout(this.#syncTimer);
  }

  /** Switches to another view. Until the service responds, shows the known tasks that belong to it. */
  async open(view) {
    this.#view = view;
    this.#next = null;
    this.#show({ state: 'loading' });
    await this.#load();
  }

  async #load() {
    const view = this.#view;
    const before = this.#changes;
    try {
      const [page, stats] = await Promise.all([service.tasks(this.#query({ limit: PAGE_SIZE })), service.stats()]);
      if (view !== this.#view) return;
      this.#accept(page, before);
      this.#stats = stats;
      this.#show({ state: 'ready' });
      if (this.#isStale) this.#syncSoon();
    } catch (error) {
      if (view === this.#view) this.#show({ state: 'failed', error });
    }
  }

  async loadMore() {
    if (this.#state !== 'ready' || !this.#next) return;
    const view = this.#view;
    this.#show({ state: 'loading-more' });
    try {
      const page = await service.tasksAt(this.#next);
      if (view !== this.#view) return;
      const loadedIds = new Set(page.items.map(({ id }) => id));
      this.#confirmed = [
        ...this.#confirmed.filter(({ id }) => !loadedIds.has(id)),
        ...this.#withoutDeleted(page.items),
      ];
      this.#next = page.next;
    } finally {
      if (view === this.#view) this.#show({ state: 'ready' });
      if (this.#isStale) this.#syncSoon();
    }
  }

  async add(fields) {
    const draft = { ...DEFAULTS, ...fields, id: `new-${++drafts}`, isNew: true };
    const change = { open: 1, apply: (tasks) => this.#withAdded(tasks, [draft]) };
    const created = this.#inOrder('new', change, () => service.add(fields), (task) => {
      this.#keys.set(task.id, draft.id);
      this.#stored.set(task.id, this.#changes);
      if (!this.#confirmed.some(({ id }) => id === task.id)) this.#confirmed = this.#withAdded(this.#confirmed, [task]);
      if (isFiltered(this.#view) || !this.#view.sort.endsWith('created_at')) this.#isStale = true;
    });
    this.#created.set(draft.id, created);
    return created;
  }

  /** @param known the task as the user saw it before the change */
  async change(known, changes) {
    return this.#inOrder(keyOf(known), this.#editOf(known, changes), async () =>
      this.#changeIfUnchanged(await this.#resolve(known), changes),
    );
  }

  /** Changes the task regardless of changes made elsewhere. */
  async overwrite(task, changes) {
    return this.#inOrder(keyOf(task), this.#editOf(task, changes), () => service.change(task.id, changes));
  }

  async complete(task, completed) {
    const changed = { completed, completed_at: completed ? new Date().toISOString() : null };
    return this.#inOrder(
      keyOf(task),
      { ...countChange(task.completed === completed ? 0 : completed ? 1 : -1), ...this.#editOf(task, changed) },
      async () => service.complete((await this.#resolve(task)).id, completed),
    );
  }

  /** @returns the id, for restoring the task */
  async remove(task) {
    return this.#inOrder(
      keyOf(task),
      {
        [task.completed ? 'completed' : 'open']: -1,
        apply: (tasks) => tasks.filter((each) => keyOf(each) !== keyOf(task)),
      },
      async () => {
        const { id } = await this.#resolve(task);
        await service.remove(id);
        return id;
      },
      (id) => this.#drop(id),
    );
  }

  async restore(ids) {
    try {
      await forEachConcurrently(ids, async (id) => {
        await service.restore(id);
        this.#deleted.delete(id);
      });
    } finally {
      this.refresh();
    }
  }

  /** Completes or reopens all tasks that match the view's filters. */
  async completeAll(completed) {
    const query = this.#query({ completed: !completed });
    const { tasks: loaded, open: openCount, completed: completedCount } = this.#snapshot;
    const isAffected = (task) => task.completed !== completed;
    const all = completed ? openCount : completedCount;
    const count = isFiltered(this.#view) ? loaded.filter(isAffected).length : all;
    return this.#optimistically(
      {
        ...countChange(completed ? count : -count),
        apply: (tasks) => tasks.map((task) => (isAffected(task) ? { ...task, completed } : task)),
      },
      () =>
        this.#queue.enqueueForAll(() =>
          forEachConcurrently(service.allTasks(query), async ({ id }) =>
            this.#merge(await service.complete(id, completed)),
          ),
        ),
      () => (this.#isStale = true),
    );
  }

  /** @returns the ids of the deleted tasks, for restoring them */
  async clearCompleted() {
    return this.#optimistically(
      { completed: -this.#snapshot.completed, apply: (tasks) => tasks.filter(({ completed }) => !completed) },
      () =>
        this.#queue.enqueueForAll(async () => {
          const ids = [];
          for await (const { id } of service.allTasks({ completed: true })) ids.push(id);
          await service.clearCompleted();
          return ids;
        }),
      (ids) => ids.forEach((id) => this.#drop(id)),
    );
  }

  /** Applies a change from taskEvents. */
  follow({ task, deleted, reset }) {
    if (reset) this.#isStale = true;
    if (deleted) this.#drop(deleted);
    if (task) {
      this.#deleted.delete(task.id);
      this.#merge(task);
    }
    this.#publish();
    this.#syncSoon();
  }

  /** Reloads from the service after a short delay. */
  refresh() {
    this.#isStale = true;
    this.#syncSoon();
  }

  #query(more) {
    return { ...queryOf(this.#view), ...more };
  }

  #editOf(task, changes) {
    const edited = (each) => (keyOf(each) === keyOf(task) ? { ...each, ...changes } : each);
    return { apply: (tasks) => tasks.map(edited) };
  }

  /** Adds tasks at the end where the view most likely sorts them. */
  #withAdded(tasks, added) {
    return this.#view.sort.startsWith('-') ? [...added, ...tasks] : [...tasks, ...added];
  }

  /** The task as the service knows it. For a draft, waits until it is created. */
  #resolve(task) {
    return task.isNew ? this.#created.get(task.id) : task;
  }

  async #changeIfUnchanged(known, changes) {
    try {
      return await service.change(known.id, changes, known);
    } catch (e) {
      if (e.status !== 412) throw e;
      const current = await service.task(known.id);
      // Other fields were changed in the meantime, perhaps by this page: no conflict
      if (Object.keys(changes).every((name) => same(current[name], known[name]))) {
        return service.change(known.id, changes, current);
      }
      this.#merge(current);
      throw Object.assign(e, { current });
    }
  }

  /** Sends one request at a time for each task, and for new tasks, so that the last change arrives last. */
  #inOrder(key, change, request, confirmed = (task) => this.#merge(task)) {
    return this.#optimistically(change, () => this.#queue.enqueue(key, request), confirmed);
  }

  async #optimistically(change, request, confirmed) {
    this.#pending = [...this.#pending, change];
    this.#publish();
    try {
      const result = await request();
      this.#changes++;
      confirmed(result);
      this.#stats = addCounts(this.#stats, change);
      if (result?.next) this.#isStale = true;
      return result;
    } catch (e) {
      this.#isStale = true;
      throw e;
    } finally {
      this.#pending = this.#pending.filter((each) => each !== change);
      this.#publish();
      this.#syncSoon();
    }
  }

  #merge(task) {
    const known = this.#confirmed.find(({ id }) => id === task.id);
    if (known && known.version >= task.version) return;
    this.#changes++;
    const isShown = shows(this.#view, task);
    if (known) {
      this.#confirmed = isShown
        ? this.#confirmed.map((each) => (each === known ? task : each))
        : this.#confirmed.filter((each) => each !== known);
    }
    // Only the service knows its place in the list and whether a search finds it
    if (isShown && !(known && haveSameSortKey(this.#view, known, task) && !this.#view.q)) this.#isStale = true;
  }

  #drop(id) {
    this.#deleted.add(id);
    this.#confirmed = this.#confirmed.filter((task) => task.id !== id);
  }

  #syncSoon() {
    clearTimeout(this.#syncTimer);
    if (!this.#closed) this.#syncTimer = setTimeout(() => this.#sync(), SYNC_DELAY_MS);
  }

  async #sync() {
    if (this.#state === 'failed') return this.#load();
    // Pending changes trigger a sync when they finish
    if (this.#pending.length > 0 || this.#state !== 'ready') return;
    if (this.#syncing) return this.#syncSoon();
    this.#syncing = true;
    try {
      const isStale = this.#isStale;
      this.#isStale = false;
      const [stats] = await Promise.all([service.stats(), isStale && this.#reload()]);
      if (this.#pending.length === 0) this.#stats = stats;
      this.#publish();
      if (this.#isStale) this.#syncSoon();
    } catch {
      this.#isStale = true;
    } finally {
      this.#syncing = false;
    }
  }

  /** Reloads as many tasks as are loaded now, in their current order. */
  async #reload() {
    const view = this.#view;
    const before = this.#changes;
    const count = Math.max(PAGE_SIZE, this.#confirmed.length);
    let page = await service.tasks(this.#query({ limit: Math.min(count, MAX_PAGE_SIZE) }));
    const items = page.items;
    while (page.next && items.length < count) {
      page = await service.tasksAt(page.next);
      items.push(...page.items);
    }
    if (view === this.#view) this.#accept({ items, next: page.next }, before);
  }

  /** Accepts the service's tasks, or known newer versions of them. Reloads if anything changed since the request. */
  #accept({ items, next }, before) {
    const known = new Map(this.#confirmed.map((task) => [task.id, task]));
    const listed = new Set(items.map(({ id }) => id));
    const unlisted = this.#confirmed.filter(({ id }) => this.#stored.get(id) > before && !listed.has(id));
    const current = this.#withoutDeleted(items).map((task) => {
      const mine = known.get(task.id);
      return mine?.version > task.version ? mine : task;
    });
    this.#confirmed = this.#withAdded(current, unlisted);
    this.#next = next;
    if (before !== this.#changes) this.#isStale = true;
  }

  /** Leaves out tasks that were deleted while the request was in progress. */
  #withoutDeleted(tasks) {
    return tasks.filter(({ id }) => !this.#deleted.has(id));
  }

  #show({ state, error = null }) {
    this.#state = state;
    this.#error = error;
    this.#publish();
  }

  #publish() {
    const confirmed = this.#confirmed.map((task) =>
      this.#keys.has(task.id) ? { ...task, key: this.#keys.get(task.id) } : task,
    );
    const tasks = this.#pending.reduce((shown, change) => change.apply(shown), confirmed);
    const { open, completed } = this.#pending.reduce(addCounts, this.#stats);
    this.#snapshot = {
      tasks: tasks.filter((task) => shows(this.#view, task)),
      open,
      completed,
      hasMore: this.#next !== null,
      state: this.#state,
      error: this.#error,
    };
    this.#listeners.forEach((listener) => listener());
  }
}

/** The same for a draft and the task that it becomes, so that its row keeps its state and focus. */
export const keyOf = (task) => task.key ?? task.id;

const DEFAULTS = {
  description: null,
  completed: false,
  priority: 'medium',
  due_at: null,
  tags: [],
  recurrence: null,
  timezone: null,
};
let drafts = 0;

/** How completing this number of tasks changes the counts. */
const countChange = (count) => ({ open: -count, completed: count });

const addCounts = (stats, change) => ({
  open: stats.open + (change.open ?? 0),
  completed: stats.completed + (change.completed ?? 0),
});

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
