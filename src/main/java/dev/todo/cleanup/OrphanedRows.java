package dev.todo.cleanup;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Removes the data of deleted rows. The ids of these rows are in a table with the columns id and deleted_at. They stay
 * there until no data is left, and for at least an hour, because a request in progress may have added some.
 */
class OrphanedRows implements CleanupTask {

    private static final int BATCH_SIZE = 2000;

    private final Pool database;
    private final List<String> removals;
    private final String forget;

    /**
     * Rows of a table that reference their owner in a column; an index has that column, followed by those of the order.
     */
    record Owned(String table, String column, String order) {}

    OrphanedRows(Pool database, String owners, Owned... owned) {
        this.database = database;
        this.removals =
                Arrays.stream(owned).map(rows -> removeStatement(owners, rows)).toList();
        this.forget = forgetStatement(owners, owned);
    }

    @Override
    public Uni<Boolean> runBatch() {
        return Multi.createFrom()
                .iterable(removals)
                .onItem()
                .transformToUniAndConcatenate(this::remove)
                .filter(count -> count > 0)
                .collect()
                .asList()
                .chain(counts -> counts.isEmpty()
                        ? remove(forget).map(count -> count == BATCH_SIZE)
                        : Uni.createFrom().item(true));
    }

    private Uni<Integer> remove(String statement) {
        return database.preparedQuery(statement).execute(Tuple.of(BATCH_SIZE)).map(rows -> rows.rowCount());
    }

    private static String removeStatement(String owners, Owned owned) {
        // The order is that of an index, which the planner would not always use otherwise
        return """
                delete from %1$s where ctid = any (array(
                    select part.ctid
                    from (select id from %4$s order by deleted_at limit $1) owner
                    cross join lateral (
                        select ctid from %1$s where %2$s = owner.id order by %2$s, %3$s limit $1 for update skip locked
                    ) part
                    limit $1))
                """.formatted(owned.table, owned.column, owned.order, owners);
    }

    private static String forgetStatement(String owners, Owned... owned) {
        return """
                delete from %1$s where id in (
                    select id from (select * from %1$s order by deleted_at limit $1) owner
                    where deleted_at < now() - interval '1 hour' and %2$s)
                """.formatted(
                        owners,
                        Arrays.stream(owned)
                                .map(rows -> "not exists (select from %s where %s = owner.id)"
                                        .formatted(rows.table, rows.column))
                                .collect(Collectors.joining(" and ")));
    }
}
