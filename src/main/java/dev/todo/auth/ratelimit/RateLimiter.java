package dev.todo.auth.ratelimit;

import dev.todo.config.Settings;
import dev.todo.database.OutcomeUnknown;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts attempts in PostgreSQL, so that all replicas share one count. One statement admits an attempt by adding it to
 * the pending ones, if pending and counted attempts are fewer than the limit; so a parallel burst admits exactly the
 * limit. The outcome is reported afterwards, through {@link Attempt}.
 */
@Singleton
public class RateLimiter {

    /** An attempt that takes longer is assumed to have died with its replica. */
    private static final int PENDING_SECONDS = 30;

    /** How often, and how many times, an attempt checks whether pending attempts have ended. */
    private static final int RETRY_MILLIS = 100;

    private static final int MAX_RETRIES = 40;

    private static final String ADMIT = """
            with wanted as (
                select * from unnest($1::text[], $2::bytea[], $3::int[], $4::int[]) as w (kind, key, most, seconds)
            )
            insert into attempts as a (kind, key, counted, pending, pending_until, window_ends)
            select kind, key, 0, 1, now() + make_interval(secs => $5), now() + make_interval(secs => seconds)
            from wanted order by kind
            on conflict (kind, key) do update set
                counted = case when a.window_ends > now() then a.counted else 0 end,
                window_ends = case when a.window_ends > now() then a.window_ends else excluded.window_ends end,
                pending = case when a.pending_until > now() then a.pending else 0 end + 1,
                pending_until = excluded.pending_until
            where case when a.window_ends > now() then a.counted else 0 end::bigint
                + case when a.pending_until > now() then a.pending else 0 end
                < (select most from wanted where wanted.kind = a.kind)
            returning kind, counted, ceil(extract(epoch from window_ends - now()))::int as seconds
            """;

    private static final String STATE = """
            select a.kind, a.counted, ceil(extract(epoch from a.window_ends - now()))::int as seconds
            from attempts a
            join unnest($1::text[], $2::bytea[]) as w (kind, key) on w.kind = a.kind and w.key = a.key
            where a.window_ends > now()
            """;

    // Locks rows in the same order as ADMIT: attempts share some of the rows, and could deadlock otherwise
    private static final String SETTLE = """
            with settled as materialized (
                select a.kind, a.key
                from attempts a
                join unnest($1::text[], $2::bytea[]) as w (kind, key) on w.kind = a.kind and w.key = a.key
                order by a.kind
                for update of a
            )
            update attempts a
            set pending = greatest(a.pending - 1, 0),
                counted = case when a.kind = $4 then 0 else a.counted + $3 end
            from settled s
            where s.kind = a.kind and s.key = a.key
            returning a.kind, a.counted, ceil(extract(epoch from a.window_ends - now()))::int as seconds
            """;

    private final Pool database;
    private final Vertx vertx;
    private final RateLimitHeaders headers;
    private final RateLimitMetrics metrics;
    private final AttemptQueue queue = new AttemptQueue();
    private final boolean enabled;

    RateLimiter(Pool database, Vertx vertx, RateLimitHeaders headers, RateLimitMetrics metrics, Settings settings) {
        this.database = database;
        this.vertx = vertx;
        this.headers = headers;
        this.metrics = metrics;
        this.enabled = settings.rateLimits();
    }

    /**
     * Admits an attempt, or fails with {@link TooManyAttempts}. If pending attempts use up the limit, it waits for
     * them. The headers describe the limit that was reached, or else the first of those counted.
     */
    public Uni<Attempt> admit(RateLimit.Key... counted) {
        return enabled
                ? queue.acquire(counted[0])
                        .onFailure()
                        .invoke(tooLong -> refuse(counted[0].limit(), new RateLimitState(counted[0].max(), 1)))
                        .chain(() ->
                                admit(counted, MAX_RETRIES).onFailure().invoke(failure -> queue.release(counted[0])))
                : Uni.createFrom().item(Attempt.UNLIMITED);
    }

    private Uni<Attempt> admit(RateLimit.Key[] counted, int retries) {
        return OutcomeUnknown.ignoredBy(database.preparedQuery(ADMIT).execute(admission(counted)))
                .map(RateLimiter::states)
                .chain(admitted -> {
                    if (admitted.size() == counted.length) {
                        headers.write(counted[0].limit(), admitted.get(counted[0].limit().kind));
                        return Uni.createFrom().item(attempt(counted));
                    }
                    var granted = Arrays.stream(counted)
                            .filter(one -> admitted.containsKey(one.limit().kind))
                            .toArray(RateLimit.Key[]::new);
                    return settle(granted, 0, null).chain(() -> refuseOrWait(counted, retries));
                });
    }

    private Uni<Attempt> refuseOrWait(RateLimit.Key[] counted, int retries) {
        return database.preparedQuery(STATE)
                .execute(keys(counted))
                .map(RateLimiter::states)
                .chain(states -> {
                    for (var one : counted) {
                        var state = states.get(one.limit().kind);
                        if (state != null && state.counted() >= one.max()) {
                            refuse(one.limit(), state);
                            throw new TooManyAttempts(Math.max(1, state.secondsLeft()));
                        }
                    }
                    if (retries == 0) {
                        refuse(counted[0].limit(), states.get(counted[0].limit().kind));
                        throw new TooManyAttempts(1);
                    }
                    return pause().chain(() -> admit(counted, retries - 1));
                });
    }

    private void refuse(RateLimit limit, RateLimitState state) {
        headers.write(limit, state);
        metrics.countRefusal(limit);
    }

    private Attempt attempt(RateLimit.Key[] counted) {
        return new Attempt(
                counted[0].limit().kind,
                (added, cleared) -> settle(counted, added, cleared),
                () -> queue.release(counted[0]));
    }

    /** Ends the attempt: adds to the counts, except for the kind that is cleared. */
    private Uni<Void> settle(RateLimit.Key[] counted, int add, String cleared) {
        if (counted.length == 0) {
            return Uni.createFrom().voidItem();
        }
        return OutcomeUnknown.ignoredBy(database.preparedQuery(SETTLE)
                        .execute(keys(counted).addInteger(add).addString(cleared)))
                .map(RateLimiter::states)
                .invoke(states -> headers.write(counted[0].limit(), states.get(counted[0].limit().kind)))
                .replaceWithVoid();
    }

    private Uni<Void> pause() {
        return Uni.createFrom().emitter(end -> vertx.setTimer(RETRY_MILLIS, timer -> end.complete(null)));
    }

    private static Tuple admission(RateLimit.Key[] counted) {
        return keys(counted)
                .addArrayOfInteger(
                        Arrays.stream(counted).map(RateLimit.Key::max).toArray(Integer[]::new))
                .addArrayOfInteger(Arrays.stream(counted)
                        .map(one -> one.limit().windowSeconds)
                        .toArray(Integer[]::new))
                .addInteger(PENDING_SECONDS);
    }

    private static Tuple keys(RateLimit.Key[] counted) {
        return Tuple.of(
                Arrays.stream(counted).map(one -> one.limit().kind).toArray(String[]::new),
                Arrays.stream(counted)
                        .map(one -> io.vertx.core.buffer.Buffer.buffer(one.key()))
                        .toArray(io.vertx.core.buffer.Buffer[]::new));
    }

    private static Map<String, RateLimitState> states(RowSet<Row> rows) {
        var states = new HashMap<String, RateLimitState>();
        for (var row : rows) {
            states.put(row.getString("kind"), new RateLimitState(row.getInteger("counted"), row.getInteger("seconds")));
        }
        return states;
    }
}
