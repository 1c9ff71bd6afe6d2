package dev.todo.cleanup;

import io.smallrye.mutiny.Uni;

/** A recurring task that any replica may run, even several replicas at once. */
interface CleanupTask {

    /** Does a limited amount of work; returns whether there is more to do. */
    Uni<Boolean> runBatch();
}
