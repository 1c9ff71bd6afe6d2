package dev.todo.task;

import dev.todo.cleanup.StatementCleanup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/** Purges tasks that have been in the trash for too long to be restored. */
@Singleton
class TrashCleanup extends StatementCleanup {

    private static final String OLDEST = """
            delete from tasks where id in (
                select id from tasks where deleted_at <= now() - interval '%d seconds'
                order by deleted_at limit $1 for update skip locked)
            """;

    TrashCleanup(Pool database) {
        super(database, OLDEST.formatted(Task.IN_TRASH.toSeconds()));
    }
}
