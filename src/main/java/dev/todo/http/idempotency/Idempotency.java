package dev.todo.http.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Function;

/**
 * Runs a request with an Idempotency-Key once and returns the first response to its retries. The key is stored in the
 * same transaction as the work, so a key whose request was rejected or failed stays unused.
 */
@Singleton
public class Idempotency {

    /** How long retries get the first response. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** Stores a response for each row of {@code work}, as part of the statement that completes the work. */
    public static final String KEEP = """
            insert into idempotency_keys (user_id, operation, key, request_hash, answer, created_at)
            select $1, $2, $3, $4, $5, now() from work
            on conflict (user_id, operation, key) do update
            set request_hash = excluded.request_hash, answer = excluded.answer, created_at = excluded.created_at
            """;

    // A retry waits here until the transaction of the first request has ended
    private static final String CLAIM = """
            insert into idempotency_keys (user_id, operation, key, request_hash, created_at)
            values ($1, $2, $3, $4, now())
            on conflict (user_id, operation, key) do update
            set request_hash = excluded.request_hash, answer = null, created_at = excluded.created_at
            where idempotency_keys.created_at < now() - interval '%d seconds'
            """.formatted(KEPT.toSeconds());
    private static final String FIND = """
            select request_hash, answer from idempotency_keys
            where user_id = $1 and operation = $2 and key = $3
            """;
    private static final String KEEP_ANSWER = """
            update idempotency_keys set answer = $4
            where user_id = $1 and operation = $2 and key = $3
            """;
    private static final String FIND_KEPT =
            FIND + " and created_at >= now() - interval '" + KEPT.toSeconds() + " seconds'";
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Pool database;
    private final ObjectMapper json;

    Idempotency(Pool database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /**
     * Returns the response of the work, or of the first request with this key. Storing it and doing the work are one
     * transaction. Fails with 422 if the key was used with a different body, and with 409 if the first request is still
     * in progress.
     *
     * @param type the type the response is stored as, in JSON
     */
    public <T> Uni<T> once(IdempotentRequest request, Class<T> type, Function<SqlConnection, Uni<T>> work) {
        return database.withTransaction(transaction -> claim(transaction, request)
                .chain(isFirst -> isFirst
                        ? work.apply(transaction).call(answer -> keep(transaction, request, answer))
                        : firstAnswer(transaction, FIND, request, type)));
    }

    /**
     * Returns the response of the first request with this key, or null; for work that takes several transactions. Fails
     * with 422 if the key was used with a different body. A caller that proceeds stores the response with
     * {@link #KEEP}.
     */
    public <T> Uni<T> find(SqlConnection connection, IdempotentRequest request, Class<T> type) {
        return firstAnswer(connection, FIND_KEPT, request, type);
    }

    /** The parameters of {@link #KEEP}. */
    public Tuple kept(IdempotentRequest request, Object answer) {
        return key(request).addString(request.bodyHash()).addString(written(answer));
    }

    public static Refusal inProgress() {
        return new Refusal(
                        ErrorCode.IDEMPOTENCY_IN_PROGRESS,
                        "The first request with this `Idempotency-Key` is still in progress. Try again shortly.")
                .with("Retry-After", "1");
    }

    private static Uni<Boolean> claim(SqlConnection transaction, IdempotentRequest request) {
        // Shorter than the statement timeout, to distinguish this wait from a database that hangs
        return transaction
                .query("set local lock_timeout = '1s'")
                .execute()
                .chain(() ->
                        transaction.preparedQuery(CLAIM).execute(key(request).addString(request.bodyHash())))
                .onFailure(Idempotency::isLockTimeout)
                .transform(failure -> inProgress())
                .map(claimed -> claimed.rowCount() == 1);
    }

    private <T> Uni<Void> keep(SqlConnection transaction, IdempotentRequest request, T answer) {
        return transaction
                .preparedQuery(KEEP_ANSWER)
                .execute(key(request).addString(written(answer)))
                .replaceWithVoid();
    }

    private <T> Uni<T> firstAnswer(SqlConnection connection, String find, IdempotentRequest request, Class<T> type) {
        return connection.preparedQuery(find).execute(key(request)).map(rows -> {
            for (var row : rows) {
                return first(row.getString(0), row.getString(1), request, type);
            }
            return null;
        });
    }

    private <T> T first(String bodyHash, String answer, IdempotentRequest request, Class<T> type) {
        if (!bodyHash.equals(request.bodyHash())) {
            throw new Refusal(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED,
                    "This `Idempotency-Key` was already used with a different body. Use a new key.");
        }
        return read(answer, type);
    }

    private static Tuple key(IdempotentRequest request) {
        return Tuple.of(request.user(), request.operation(), request.key());
    }

    private static boolean isLockTimeout(Throwable failure) {
        return failure instanceof PgException pg && LOCK_NOT_AVAILABLE.equals(pg.getSqlState());
    }

    private String written(Object answer) {
        try {
            return json.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T read(String answer, Class<T> type) {
        try {
            return json.readValue(answer, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
