package dev.todo.task.transfer;

import dev.todo.task.Task;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Splits a file into batches that take the database about the same time, so that others get their turn in between. */
class ImportBatches {

    private static final long WANTED_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private static final int MIN_COST = 1_000;
    private static final int MAX_COST = 10_000;

    private final ImportedTasks tasks;
    private final UUID owner;
    private volatile int cost = 2 * MIN_COST;

    ImportBatches(ImportedTasks tasks, UUID owner) {
        this.tasks = tasks;
        this.owner = owner;
    }

    /** Returns the next batch; empty at the end. */
    List<Task> next() throws IOException {
        var batch = new ArrayList<Task>();
        for (var rest = cost; rest > 0; ) {
            var imported = tasks.next(null);
            if (imported.isEmpty()) {
                break;
            }
            var task = imported.get().toTask(owner);
            batch.add(task);
            rest -= task.costOfIndexing();
        }
        return batch;
    }

    /** Adjusts the size of the next batch to how long the last one took: at most double, at least half. */
    void took(long nanos) {
        var factor = Math.max(0.5, Math.min(2, (double) WANTED_NANOS / nanos));
        cost = (int) Math.max(MIN_COST, Math.min(MAX_COST, cost * factor));
    }
}
