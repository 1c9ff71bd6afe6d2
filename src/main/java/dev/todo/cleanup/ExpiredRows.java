package dev.todo.cleanup;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;

/** Removes the rows of a table that have reached an age, the oldest first. */
class ExpiredRows implements CleanupTask {

    private static final int BATCH_SIZE = 1000;

    // Skips rows that another replica is removing
    private static final String REMOVE = """
            delete from %1$s where ctid = any (array(
                select ctid from %1$s where %2$s < now() - interval '%3$s' and %4$s
                order by %2$s limit $1 for update skip locked))
            """;

    private final Pool database;
    private final String statement;

    /** @param time the column that the age counts from; an index has it */
    ExpiredRows(Pool database, String table, String time, Duration age) {
        this(database, table, time, age, "true");
    }

    /** @param condition what else must be true of the row */
    ExpiredRows(Pool database, String table, String time, Duration age, String condition) {
        this.database = database;
        this.statement = REMOVE.formatted(table, time, age, condition);
    }

    @Override
    public Uni<Boolean> runBatch() {
        return database.preparedQuery(statement)
                .execute(Tuple.of(BATCH_SIZE))
                .map(removed -> removed.rowCount() == BATCH_SIZE);
    }
}
