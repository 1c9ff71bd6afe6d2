package dev.todo.upkeep;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

/** Removes rows that have had their time. */
public abstract class Removal implements Chore {

    private static final int AT_ONCE = 1000;

    private final Pool database;
    private final String statement;

    /** @param statement deletes {@code $1} rows at most; best those that no other replica is deleting */
    protected Removal(Pool database, String statement) {
        this.database = database;
        this.statement = statement;
    }

    @Override
    public Uni<Boolean> doSome() {
        return database.preparedQuery(statement)
                .execute(Tuple.of(AT_ONCE))
                .map(removed -> removed.rowCount() == AT_ONCE);
    }
}
