package dev.todo.http.idempotency;

import dev.todo.cleanup.StatementCleanup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/** Removes expired keys. */
@Singleton
class IdempotencyKeyCleanup extends StatementCleanup {

    private static final String OLDEST = """
            delete from idempotency_keys where (user_id, operation, key) in (
                select user_id, operation, key from idempotency_keys
                where created_at < now() - interval '%d seconds'
                order by created_at limit $1 for update skip locked)
            """;

    IdempotencyKeyCleanup(Pool database) {
        super(database, OLDEST.formatted(Idempotency.KEPT.toSeconds()));
    }
}
