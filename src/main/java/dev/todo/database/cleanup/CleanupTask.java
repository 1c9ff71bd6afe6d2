package dev.todo.database.cleanup;

import io.smallrye.mutiny.Uni;

/** Something to be done now and then, by any replica, or by several at once. */
public interface CleanupTask {

    /** Does a bounded part of it; gives whether there is more to do. */
    Uni<Boolean> runBatch();
}
