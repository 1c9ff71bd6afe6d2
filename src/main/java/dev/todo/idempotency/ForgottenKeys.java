package dev.todo.idempotency;

import dev.todo.upkeep.Chore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

/** Removes keys that do not count any more. */
@ApplicationScoped
class ForgottenKeys implements Chore {

    private static final int AT_ONCE = 1000;

    private static final String OLDEST = """
            delete from idempotency_keys where (user_id, operation, key) in (
                select user_id, operation, key from idempotency_keys where created_at < $1
                order by created_at limit $2 for update skip locked)
            """;

    private final Pool database;

    ForgottenKeys(Pool database) {
        this.database = database;
    }

    @Override
    public Uni<Boolean> doSome() {
        var before = Instant.now().minus(Idempotency.KEPT).atOffset(ZoneOffset.UTC);
        return database.preparedQuery(OLDEST)
                .execute(Tuple.of(before, AT_ONCE))
                .map(removed -> removed.rowCount() == AT_ONCE);
    }
}
