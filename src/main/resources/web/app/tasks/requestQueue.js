// Runs requests one after the other, or a few at a time.

const MAX_CONCURRENT = 4;

/** Runs one action at a time for each key, in the order in which they were added. */
export class RequestQueue {
  #last = new Map();
  #lastOfAll = Promise.resolve();

  enqueue(key, action) {
    const result = (this.#last.get(key) ?? this.#lastOfAll).then(action);
    const settled = result.catch(() => {});
    this.#last.set(key, settled);
    settled.then(() => this.#last.get(key) === settled && this.#last.delete(key));
    return result;
  }

  /** Runs an action for all keys: it waits for all earlier actions, and all later actions wait for it. */
  enqueueForAll(action) {
    const result = Promise.all([this.#lastOfAll, ...this.#last.values()]).then(action);
    this.#last.clear();
    this.#lastOfAll = result.catch(() => {});
    return result;
  }
}

/** Runs the action for all items, a few at a time. Stops at the first failure. */
export async function forEachConcurrently(items, action) {
  const running = new Set();
  for await (const item of items) {
    const run = action(item).finally(() => running.delete(run));
    running.add(run);
    // Its failure is reported below; this only prevents an unhandled rejection
    run.catch(() => {});
    if (running.size >= MAX_CONCURRENT) await Promise.race(running);
  }
  await Promise.all(running);
}
