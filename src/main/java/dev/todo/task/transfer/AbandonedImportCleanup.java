package dev.todo.task.transfer;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

/** Removes the hidden tasks of imports that failed or whose replica died. */
@ApplicationScoped
public class AbandonedImportCleanup {

    private static final int BATCH_SIZE = 1000;

    // Waits for any statement that is adding tasks to the import; no other can start after this one
    private static final String GIVE_UP = """
            update imports set expires_at = '-infinity'
            where expires_at < clock_timestamp() and expires_at > '-infinity'
            """;

    private static final String REMOVE = """
            delete from tasks where id in (
                select tasks.id from imports join tasks on tasks.import_id = imports.id
                where expires_at = '-infinity'
                limit $1 for update of tasks skip locked)
            """;

    private static final String FORGET = """
            delete from imports
            where expires_at = '-infinity' and not exists (select from tasks where import_id = imports.id)
            """;

    private final Pool database;

    AbandonedImportCleanup(Pool database) {
        this.database = database;
    }

    /** Does a limited amount of work; returns whether there is more to do. */
    public Uni<Boolean> runBatch() {
        return database.query(GIVE_UP)
                .execute()
                .chain(() -> database.preparedQuery(REMOVE).execute(Tuple.of(BATCH_SIZE)))
                .chain(removed -> removed.rowCount() == BATCH_SIZE
                        ? Uni.createFrom().item(true)
                        : database.query(FORGET).execute().replaceWith(false));
    }
}
