package dev.todo.cleanup;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Removes expired rows. */
public abstract class StatementCleanup implements CleanupTask {

    private static final int BATCH_SIZE = 1000;

    private final Pool database;
    private final String statement;

    /** @param statement deletes at most {@code $1} rows, preferably none that another replica is deleting */
    protected StatementCleanup(Pool database, String statement) {
        this.database = database;
        this.statement = statement;
    }

    @Override
    public Uni<Boolean> runBatch() {
        return database.preparedQuery(statement)
                .execute(Tuple.of(BATCH_SIZE))
                .map(removed -> removed.rowCount() == BATCH_SIZE);
    }
}
