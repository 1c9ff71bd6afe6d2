// Requests one after the other, or a few at a time.

const MAX_CONCURRENT = 4;

/** One action at a time for each key, in the order in which they came. */
export class RequestQueue {
  #last = new Map();
  #lastOfAll = Promise.resolve();

  enqueue(key, action) {
    const turn = (this.#last.get(key) ?? this.#lastOfAll).then(action);
    const settled = turn.catch(() => {});
    this.#last.set(key, settled);
    settled.then(() => this.#last.get(key) === settled && this.#last.delete(key));
    return turn;
  }

  /** For what concerns all keys: it waits for all that came before, and all that comes later waits for it. */
  enqueueForAll(action) {
    const turn = Promise.all([this.#lastOfAll, ...this.#last.values()]).then(action);
    this.#last.clear();
    this.#lastOfAll = turn.catch(() => {});
    return turn;
  }
}

/** A few at a time. Ends at the first failure. */
export async function forEachConcurrently(items, action) {
  const running = new Set();
  for await (const item of items) {
    const run = action(item).finally(() => running.delete(run));
    running.add(run);
    // Heard of below, once, whichever fails first
    run.catch(() => {});
    if (running.size >= MAX_CONCURRENT) await Promise.race(running);
  }
  await Promise.all(running);
}
