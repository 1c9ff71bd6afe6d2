package dev.todo.http.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.problem.Refusal;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;

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
            values (:user, :operation, :key, :hash, :now)
            on conflict (user_id, operation, key) do update
            set request_hash = excluded.request_hash, answer = null, created_at = excluded.created_at
            where idempotency_keys.created_at < :forgotten
            """;
    private static final String FIND = """
            select request_hash, answer from idempotency_keys
            where user_id = :user and operation = :operation and key = :key
            """;
    private static final String KEEP_ANSWER = """
            update idempotency_keys set answer = :answer
            where user_id = :user and operation = :operation and key = :key
            """;
    private static final String FIND_KEPT = """
            select request_hash, answer from idempotency_keys
            where user_id = $1 and operation = $2 and key = $3 and created_at >= $4
            """;
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final ObjectMapper json;

    Idempotency(ObjectMapper json) {
        this.json = json;
    }

    /**
     * The answer of the work, or of the first request with this key; it and the work are one transaction. Fails with 422 where
     * the key came with another body, and with 409 where the first request takes long.
     *
     * @param type what the answer is stored as, in JSON
     */
    public <T> Uni<T> once(IdempotentRequest request, Class<T> type, Supplier<Uni<T>> work) {
        return Panache.withTransaction(() -> Panache.getSession()
                .chain(session -> claim(session, request)
                        .chain(isFirst -> isFirst
                                ? work.get().call(answer -> keep(session, request, answer))
                                : firstAnswer(session, request, type))));
    }

    /**
     * For work of several transactions: the answer of the first request with this key, or null. Fails with 422 where the key
     * came with another body. Who goes on keeps the answer by {@link #KEEP}.
     */
    public <T> Uni<T> find(SqlConnection connection, IdempotentRequest request, Class<T> type) {
        return connection
                .preparedQuery(FIND_KEPT)
                .execute(Tuple.of(
                        request.user(),
                        request.operation(),
                        request.key(),
                        Instant.now().minus(KEPT).atOffset(ZoneOffset.UTC)))
                .map(rows -> {
                    for (var row : rows) {
                        return first(row.getString(0), row.getString(1), request, type);
                    }
                    return null;
                });
    }

    /** The parameters of {@link #KEEP}. */
    public Tuple kept(IdempotentRequest request, Object answer) {
        return Tuple.tuple()
                .addUUID(request.user())
                .addString(request.operation())
                .addString(request.key())
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

    private static Uni<Boolean> claim(Mutiny.Session session, IdempotentRequest request) {
        var now = Instant.now();
        // Shorter than a statement may take, so that this wait is told from a database that is stuck
        return session.createNativeQuery("set local lock_timeout = '1s'")
                .executeUpdate()
                .chain(() -> of(request, session.createNativeQuery(CLAIM))
                        .setParameter("hash", request.bodyHash())
                        .setParameter("now", now)
                        .setParameter("forgotten", now.minus(KEPT))
                        .executeUpdate())
                .onFailure(Idempotency::isStillUnderWay)
                .transform(failure -> inProgress())
                .map(claimed -> claimed == 1);
    }

    private <T> Uni<Void> keep(Mutiny.Session session, IdempotentRequest request, T answer) {
        return of(request, session.createNativeQuery(KEEP_ANSWER))
                .setParameter("answer", written(answer))
                .executeUpdate()
                .replaceWithVoid();
    }

    private <T> Uni<T> firstAnswer(Mutiny.Session session, IdempotentRequest request, Class<T> type) {
        return of(request, session.createNativeQuery(FIND, Object[].class))
                .getSingleResult()
                .map(first -> first((String) first[0], (String) first[1], request, type));
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

    private static <Q extends Mutiny.AbstractQuery> Q of(IdempotentRequest request, Q query) {
        query.setParameter("user", request.user());
        query.setParameter("operation", request.operation());
        query.setParameter("key", request.key());
        return query;
    }

    private static boolean isStillUnderWay(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            // Hibernate makes the second of the first
            if (cause instanceof PgException pg && LOCK_NOT_AVAILABLE.equals(pg.getSqlState())
                    || cause instanceof SQLException sql && LOCK_NOT_AVAILABLE.equals(sql.getSQLState())) {
                return true;
            }
        }
        return false;
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
