// The tasks of a view, kept in step with the service. What the user does shows at once: it is laid over what the
// service has confirmed, and taken away again when the service refuses.

import * as service from '../services/taskService';
import { forEachConcurrently, RequestQueue } from './requestQueue';
import { isFiltered, queryOf, samePlace, shows } from './view';

const PAGE = 50;
const LARGEST_PAGE = 200;
const SYNC_MS = 300;

export class TaskList {
  #view = null;
  #confirmed = [];
  #next = null;
  #stats = { open: 0, completed: 0 };
  #state = 'loading';
  #error = null;

  #pending = [];
  #queue = new RequestQueue();
  // Tasks that this page makes: their promises by the draft's id, and the draft's id by theirs
  #made = new Map();
  #keys = new Map();
  // When they were stored, in changes
  #stored = new Map();
  #gone = new Set();
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

  /** What there is to show. */
  snapshot = () => this.#snapshot;

  close() {
    this.#closed = true;
    clearTimeout(this.#syncTimer);
  }

  /** Turns to another view. Until the service has answered, what is known already and belongs to it is shown. */
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
      const [page, stats] = await Promise.all([service.tasks(this.#query({ limit: PAGE })), service.stats()]);
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
      const arrived = new Set(page.items.map(({ id }) => id));
      this.#confirmed = [...this.#confirmed.filter(({ id }) => !arrived.has(id)), ...this.#present(page.items)];
      this.#next = page.next;
    } finally {
      if (view === this.#view) this.#show({ state: 'ready' });
      if (this.#isStale) this.#syncSoon();
    }
  }

  async add(fields) {
    const draft = { ...DEFAULTS, ...fields, id: `new-${++drafts}`, isNew: true };
    const change = { open: 1, apply: (tasks) => this.#placed(tasks, [draft]) };
    const made = this.#inOrder('new', change, () => service.add(fields), (task) => {
      this.#keys.set(task.id, draft.id);
      this.#stored.set(task.id, this.#changes);
      if (!this.#confirmed.some(({ id }) => id === task.id)) this.#confirmed = this.#placed(this.#confirmed, [task]);
      if (isFiltered(this.#view) || !this.#view.sort.endsWith('created_at')) this.#isStale = true;
    });
    this.#made.set(draft.id, made);
    return made;
  }

  /** @param known the task as the user saw it when the change began */
  async change(known, changes) {
    return this.#inOrder(keyOf(known), this.#editing(known, changes), async () =>
      this.#changeKnown(await this.#actual(known), changes),
    );
  }

  /** Changes the task whatever has become of it. */
  async overwrite(task, changes) {
    return this.#inOrder(keyOf(task), this.#editing(task, changes), () => service.change(task.id, changes));
  }

  async complete(task, completed) {
    const changed = { completed, completed_at: completed ? new Date().toISOString() : null };
    return this.#inOrder(
      keyOf(task),
      { ...counting(task.completed === completed ? 0 : completed ? 1 : -1), ...this.#editing(task, changed) },
      async () => service.complete((await this.#actual(task)).id, completed),
    );
  }

  /** @returns the id, for bringing it back */
  async remove(task) {
    return this.#inOrder(
      keyOf(task),
      {
        [task.completed ? 'completed' : 'open']: -1,
        apply: (tasks) => tasks.filter((each) => keyOf(each) !== keyOf(task)),
      },
      async () => {
        const { id } = await this.#actual(task);
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
        this.#gone.delete(id);
      });
    } finally {
      this.refresh();
    }
  }

  /** Completes or opens everything that the view's filters let through. */
  async completeAll(completed) {
    const query = this.#query({ completed: !completed });
    const { tasks: loaded, open: opened, completed: closed } = this.#snapshot;
    const isMeant = (task) => task.completed !== completed;
    const all = completed ? opened : closed;
    const count = isFiltered(this.#view) ? loaded.filter(isMeant).length : all;
    return this.#optimistically(
      {
        ...counting(completed ? count : -count),
        apply: (tasks) => tasks.map((task) => (isMeant(task) ? { ...task, completed } : task)),
      },
      () =>
        this.#queue.enqueueForAll(() =>
          forEachConcurrently(service.everyTask(query), async ({ id }) => this.#merge(await service.complete(id, completed))),
        ),
      () => (this.#isStale = true),
    );
  }

  /** @returns the ids of the tasks that were completed, for bringing them back */
  async clearCompleted() {
    return this.#optimistically(
      { completed: -this.#snapshot.completed, apply: (tasks) => tasks.filter(({ completed }) => !completed) },
      () =>
        this.#queue.enqueueForAll(async () => {
          const ids = [];
          for await (const { id } of service.everyTask({ completed: true })) ids.push(id);
          await service.clearCompleted();
          return ids;
        }),
      (ids) => ids.forEach((id) => this.#drop(id)),
    );
  }

  /** Takes in what others changed, see taskEvents. */
  follow({ task, deleted, reset }) {
    if (reset) this.#isStale = true;
    if (deleted) this.#drop(deleted);
    if (task) {
      this.#gone.delete(task.id);
      this.#merge(task);
    }
    this.#publish();
    this.#syncSoon();
  }

  /** Asks the service anew, soon. */
  refresh() {
    this.#isStale = true;
    this.#syncSoon();
  }

  #query(more) {
    return { ...queryOf(this.#view), ...more };
  }

  #editing(task, changes) {
    const edited = (each) => (keyOf(each) === keyOf(task) ? { ...each, ...changes } : each);
    return { apply: (tasks) => tasks.map(edited) };
  }

  /** With new ones where the view's order has them, as far as can be told here. */
  #placed(tasks, added) {
    return this.#view.sort.startsWith('-') ? [...added, ...tasks] : [...tasks, ...added];
  }

  /** The task that the service has; of a draft, once it is made. */
  #actual(task) {
    return task.isNew ? this.#made.get(task.id) : task;
  }

  async #changeKnown(known, changes) {
    try {
      return await service.change(known.id, changes, known);
    } catch (e) {
      if (e.status !== 412) throw e;
      const current = await service.task(known.id);
      // Completed or moved in the meantime, perhaps by this very page: nothing that the change is about
      if (Object.keys(changes).every((name) => same(current[name], known[name]))) {
        return service.change(known.id, changes, current);
      }
      this.#merge(current);
      throw Object.assign(e, { current });
    }
  }

  /** One request at a time for each task, and for new ones, so that what is done last arrives last. */
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
      this.#stats = counted(this.#stats, change);
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
    // Its place in the list, and whether a search finds it, are the service's to say
    if (isShown && !(known && samePlace(this.#view, known, task) && !this.#view.q)) this.#isStale = true;
  }

  #drop(id) {
    this.#gone.add(id);
    this.#confirmed = this.#confirmed.filter((task) => task.id !== id);
  }

  #syncSoon() {
    clearTimeout(this.#syncTimer);
    if (!this.#closed) this.#syncTimer = setTimeout(() => this.#sync(), SYNC_MS);
  }

  async #sync() {
    if (this.#state === 'failed') return this.#load();
    // What is under way asks again when it is done
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

  /** As many tasks as there are now, in the order that they have by now. */
  async #reload() {
    const view = this.#view;
    const before = this.#changes;
    const wanted = Math.max(PAGE, this.#confirmed.length);
    let page = await service.tasks(this.#query({ limit: Math.min(wanted, LARGEST_PAGE) }));
    const items = page.items;
    while (page.next && items.length < wanted) {
      page = await service.tasksAt(page.next);
      items.push(...page.items);
    }
    if (view === this.#view) this.#accept({ items, next: page.next }, before);
  }

  /** What the service says, where nothing newer is known. What changed since it was asked is asked for again. */
  #accept({ items, next }, before) {
    const known = new Map(this.#confirmed.map((task) => [task.id, task]));
    const listed = new Set(items.map(({ id }) => id));
    const unlisted = this.#confirmed.filter(({ id }) => this.#stored.get(id) > before && !listed.has(id));
    const current = this.#present(items).map((task) => {
      const mine = known.get(task.id);
      return mine?.version > task.version ? mine : task;
    });
    this.#confirmed = this.#placed(current, unlisted);
    this.#next = next;
    if (before !== this.#changes) this.#isStale = true;
  }

  /** Without those that were deleted while the answer was on its way. */
  #present(tasks) {
    return tasks.filter(({ id }) => !this.#gone.has(id));
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
    const { open, completed } = this.#pending.reduce(counted, this.#stats);
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

/** The same for a draft and for the task that it becomes, so that its row stays what it is, focus and all. */
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

/** What completing so many tasks does to the counts. */
const counting = (count) => ({ open: -count, completed: count });

const counted = (stats, change) => ({
  open: stats.open + (change.open ?? 0),
  completed: stats.completed + (change.completed ?? 0),
});

const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
