package dev.todo.task.transfer;

import dev.todo.config.Settings;
import dev.todo.database.OutcomeUnknown;
import dev.todo.http.idempotency.Idempotency;
import dev.todo.http.idempotency.IdempotentRequest;
import dev.todo.task.Task;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/**
 * The rows of {@code imports}. While an import has a row, its tasks are hidden. A single statement ends it: it deletes
 * the row and stores the response. An import that was not extended in time can no longer end, only be given up.
 */
@Singleton
class PendingImports {

    private static final String LOCK = "select time_of_change($1)";
    private static final String IS_UNDER_WAY =
            "select from imports where user_id = $1 and key = $2 and expires_at > clock_timestamp()";

    private static final String BEGIN = """
            insert into imports (user_id, updated_at, expires_at, tasks, key)
            select $1, change_time, clock_timestamp() + interval '30 seconds', $2, $4
            from time_of_addition($1, $2, $3) as change_time
            where change_time is not null
            returning id
            """;

    private static final String EXTEND = """
            update imports set expires_at = clock_timestamp() + interval '30 seconds'
            where id = $1 and expires_at > clock_timestamp()
            """;

    // Readers of the feed do not wait for an expired import, and no statement takes five seconds
    private static final String DELETE =
            "delete from imports where id = $%d and expires_at > clock_timestamp() + interval '5 seconds'";
    private static final String END = DELETE.formatted(1);
    private static final String END_AND_KEEP =
            "with work as (" + DELETE.formatted(6) + " returning id) " + Idempotency.KEEP;

    // Waits for any statement that is adding tasks to the import; no other can start after this one
    private static final String GIVE_UP = "update imports set expires_at = '-infinity' where id = $1";

    private final Pool database;
    private final Idempotency idempotency;
    private final int quota;

    PendingImports(Pool database, Idempotency idempotency, Settings settings) {
        this.database = database;
        this.idempotency = idempotency;
        this.quota = settings.tasksPerUser();
    }

    /** The id of the import that has begun, or the response to the first request with the same key. */
    record Begun(long id, Imported firstAnswer) {}

    /**
     * Begins an import. Throws 409 if the user would have too many tasks, or if the first request with this key is
     * still in progress.
     */
    Uni<Begun> begin(UUID owner, int tasks, Optional<IdempotentRequest> request) {
        // An import that has begun but never ends shows nothing, so an unknown outcome does not matter
        return OutcomeUnknown.ignoredBy(database.withTransaction(connection -> request.map(
                                repeatable -> firstAnswer(connection, repeatable))
                        .orElseGet(() -> Uni.createFrom().nullItem())
                        .chain(first -> first != null
                                ? Uni.createFrom().item(new Begun(0, first))
                                : begin(connection, owner, tasks, request))))
                // Only after the commit, which stores the number of tasks that were counted
                .onItem()
                .ifNull()
                .failWith(() -> Task.tooMany(quota));
    }

    private Uni<Imported> firstAnswer(SqlConnection connection, IdempotentRequest request) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of(request.user()))
                .chain(() -> idempotency.find(connection, request, Imported.class))
                .call(first -> first != null
                        ? Uni.createFrom().voidItem()
                        : connection
                                .preparedQuery(IS_UNDER_WAY)
                                .execute(Tuple.of(request.user(), request.key()))
                                .invoke(PendingImports::refuseAny));
    }

    private static void refuseAny(RowSet<Row> inProgress) {
        if (inProgress.size() > 0) {
            throw Idempotency.inProgress();
        }
    }

    private Uni<Begun> begin(SqlConnection connection, UUID owner, int tasks, Optional<IdempotentRequest> request) {
        return connection
                .preparedQuery(BEGIN)
                .execute(Tuple.of(
                        owner, tasks, quota, request.map(IdempotentRequest::key).orElse(null)))
                .map(rows -> {
                    for (var row : rows) {
                        return new Begun(row.getLong(0), null);
                    }
                    return null;
                });
    }

    /** Extends the import. Returns false if it has expired. */
    Uni<Boolean> extend(long id) {
        return OutcomeUnknown.ignoredBy(database.preparedQuery(EXTEND).execute(Tuple.of(id)))
                .map(rows -> rows.rowCount() == 1);
    }

    /** Ends the import and so shows its tasks. Returns false if it has expired. */
    Uni<Boolean> end(long id, Optional<IdempotentRequest> request, Imported answer) {
        return request.map(repeatable -> database.preparedQuery(END_AND_KEEP)
                        .execute(idempotency.kept(repeatable, answer).addLong(id)))
                .orElseGet(() -> database.preparedQuery(END).execute(Tuple.of(id)))
                .map(rows -> rows.rowCount() == 1)
                .onFailure()
                .recoverWithUni(failure -> endedAfterAll(id, failure));
    }

    /** Checks whether the statement ran although its connection was lost. */
    private Uni<Boolean> endedAfterAll(long id, Throwable failure) {
        return giveUp(id)
                .onFailure()
                .transform(another -> failure)
                .chain(isGivenUp -> isGivenUp
                        ? Uni.createFrom().failure(failure)
                        : Uni.createFrom().item(true));
    }

    /**
     * Gives the import up, so that {@link AbandonedImportCleanup} removes its tasks. Returns false if it has already
     * ended, even if that response was lost.
     */
    Uni<Boolean> giveUp(long id) {
        return database.preparedQuery(GIVE_UP).execute(Tuple.of(id)).map(rows -> rows.rowCount() == 1);
    }
}
