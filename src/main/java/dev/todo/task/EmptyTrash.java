package dev.todo.task;

import dev.todo.upkeep.Chore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;

/** Removes tasks that have been in the trash for too long to be brought back. */
@ApplicationScoped
class EmptyTrash implements Chore {

    private static final int AT_ONCE = 1000;

    // What another replica is removing is left to it
    private static final String OLDEST = """
            delete from tasks where id in (
                select id from tasks where deleted_at <= $1 order by deleted_at limit $2 for update skip locked)
            """;

    private final Pool database;

    EmptyTrash(Pool database) {
        this.database = database;
    }

    @Override
    public Uni<Boolean> doSome() {
        var before = Instant.now().minus(Task.IN_TRASH).atOffset(ZoneOffset.UTC);
        return database.preparedQuery(OLDEST)
                .execute(Tuple.of(before, AT_ONCE))
                .map(removed -> removed.rowCount() == AT_ONCE);
    }
}
