package dev.todo.auth.ratelimit;

import dev.todo.cleanup.StatementCleanup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/** Removes the counts of expired windows. */
@Singleton
class AttemptCleanup extends StatementCleanup {

    private static final String PAST = """
            delete from attempts where (kind, key) in (
                select kind, key from attempts
                where window_ends < now() - interval '1 hour' and pending_until < now()
                order by window_ends limit $1 for update skip locked)
            """;

    AttemptCleanup(Pool database) {
        super(database, PAST);
    }
}
