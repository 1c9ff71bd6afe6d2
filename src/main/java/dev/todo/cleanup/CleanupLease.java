package dev.todo.cleanup;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Makes sure that only one replica runs the cleanup. If it dies meanwhile, another one takes over when its lease
 * expires.
 */
@Singleton
class CleanupLease {

    private static final Duration LEASE = Duration.ofMinutes(5);

    /**
     * The timers of replicas differ from the database's clock: a replica that is a little early finds the cleanup due.
     */
    private static final double EARLY = 0.9;

    private static final String TAKE = """
            insert into upkeep (id, due_at) values (1, now() + make_interval(secs => $1))
            on conflict (id) do update set due_at = excluded.due_at where upkeep.due_at <= now()
            """;

    private static final String SET = "update upkeep set due_at = now() + make_interval(secs => $1)";

    private final Pool database;

    CleanupLease(Pool database) {
        this.database = database;
    }

    /** Whether the cleanup is due and this replica should run it. */
    Uni<Boolean> acquire() {
        return database.preparedQuery(TAKE).execute(seconds(LEASE)).map(rows -> rows.rowCount() == 1);
    }

    Uni<Void> renew() {
        return set(LEASE);
    }

    /** The cleanup is due again after this pause. */
    Uni<Void> releaseFor(Duration pause) {
        return set(Duration.ofMillis((long) (pause.toMillis() * EARLY)));
    }

    private Uni<Void> set(Duration wait) {
        return database.preparedQuery(SET).execute(seconds(wait)).replaceWithVoid();
    }

    private static Tuple seconds(Duration duration) {
        return Tuple.of(duration.toMillis() / 1000.0);
    }
}
