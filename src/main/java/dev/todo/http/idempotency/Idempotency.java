package dev.todo.http.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;

/**
 * Does a request with an Idempotency-Key once, and answers its repetitions as the first time. The key is stored in the
 * transaction of what is done: where that is refused or fails, the key was not used.
 */
@Singleton
public class Idempotency {

    static final Duration KEPT = Duration.ofHours(24);

    /** Keeps an answer for each row of {@code work}, as a part of the statement that ends the work. */
    public static final String KEEP = """
            insert into idempotency_keys (user_id, operation, key, request_hash, answer, created_at)
            select $1, $2, $3, $4, $5, $6 from work
            on conflict (user_id, operation, key) do update
            set request_hash = excluded.request_hash, answer = excluded.answer, created_at = excluded.created_at
            """;

    // A repetition waits here until the transaction of the first has ended
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
     * The answer of the work, or of the first request with this key; it and the work are one transaction. Fails with 422 where
     * the key came with another body, and with 409 where the first request takes long.
     *
     * @param type what the answer is stored as, in JSON
     */
    public <T> Uni<T> once(IdempotentRequest request, Class<T> type, Function<SqlConnection, Uni<T>> work) {
        return database.withTransaction(transaction -> claim(transaction, request)
                .chain(isFirst -> isFirst
                        ? work.apply(transaction).call(answer -> keep(transaction, request, answer))
                        : firstAnswer(transaction, FIND, request, type)));
    }

    /**
     * For work of several transactions: the answer of the first request with this key, or null. Fails with 422 where the key
     * came with another body. Who goes on keeps the answer by {@link #KEEP}.
     */
    public <T> Uni<T> find(SqlConnection connection, IdempotentRequest request, Class<T> type) {
        return firstAnswer(connection, FIND_KEPT, request, type);
    }

    /** The parameters of {@link #KEEP}. */
    public Tuple kept(IdempotentRequest request, Object answer) {
        return key(request)
                .addString(request.bodyHash())
                .addString(written(answer))
                .addValue(Instant.now().atOffset(ZoneOffset.UTC));
    }

    public static Refusal inProgress() {
        return new Refusal(
                        409,
                        "idempotency_in_progress",
                        "The first request with this `Idempotency-Key` is still" + " in progress. Try again shortly.")
                .with("Retry-After", "1");
    }

    private static Uni<Boolean> claim(SqlConnection transaction, IdempotentRequest request) {
        // Shorter than a statement may take, so that this wait is told from a database that is stuck
        return transaction
                .query("set local lock_timeout = '1s'")
                .execute()
                .chain(() ->
                        transaction.preparedQuery(CLAIM).execute(key(request).addString(request.bodyHash())))
                .onFailure(Idempotency::isStillUnderWay)
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
                    422,
                    "idempotency_key_reused",
                    "This `Idempotency-Key` was already used with a different body. Use a new key.");
        }
        return read(answer, type);
    }

    private static Tuple key(IdempotentRequest request) {
        return Tuple.of(request.user(), request.operation(), request.key());
    }

    private static boolean isStillUnderWay(Throwable failure) {
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
