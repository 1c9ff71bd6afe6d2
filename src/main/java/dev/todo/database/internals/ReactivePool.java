package dev.todo.database.internals;

import dev.todo.config.Environment;
import dev.todo.database.ConnectOptions;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Adds the parameters of DATABASE_URL to Quarkus' pool, and the time-outs that keep every request within five seconds
 * whatever happens to the database: two waits for a connection, one for the caller and one for the work, and one
 * statement.
 */
@Singleton
class ReactivePool implements PgPoolCreator {

    private static final int ACQUISITION_MILLIS = 1_500;
    /**
     * A JVM that has just started may need seconds for its first connection; a request that times out then does not go
     * on.
     */
    private static final int FIRST_ACQUISITION_MILLIS = 4_000;
    /** More callers than a pool of any size can serve before they time out. */
    private static final int MAX_WAITING = 5_000;

    /** Searches and time ranges need a new plan for each value: docs/decisions/0008-finding-tasks.md. */
    private static final Pattern SELECTIVE = Pattern.compile("@@|(due|updated)_at (<|>=) \\$");

    private static final int TCP_CONNECT_MILLIS = 3_000;
    /** Longer than any caller waits: a database that first has to wake up is ready for the next request. */
    private static final int SILENCE_WHILE_CONNECTING_SECONDS = 5;

    // Until the first connection shows that it leads to the server itself
    private volatile boolean isBehindProxy = true;
    private volatile boolean wasConnected;

    @Override
    public Pool create(Input input) {
        var hosts = input.pgConnectOptionsList();
        hosts.forEach(ReactivePool::complete);
        var direct = hosts.stream().map(ReactivePool::direct).toList();
        var proxied = hosts.stream().map(ReactivePool::proxied).toList();
        input.poolOptions().setMaxWaitQueueSize(MAX_WAITING);
        var pool = FairPool.of(
                input.vertx(),
                () -> isBehindProxy ? proxied : direct,
                input.poolOptions(),
                () -> wasConnected ? ACQUISITION_MILLIS : FIRST_ACQUISITION_MILLIS);
        var server = new ServerState(new CancelRequests(input.vertx()));
        pool.connectHandler(connection -> prepare(PgConnection.cast(connection), server));
        return pool;
    }

    private static void complete(PgConnectOptions options) {
        ConnectOptions.apply(
                options, Environment.ofProcessUnchecked().database().parameters());
        // The default since PostgreSQL 12, and PgBouncer rejects it
        options.getProperties().remove("extra_float_digits");
        options.setConnectTimeout(TCP_CONNECT_MILLIS);
        options.setIdleTimeout(SILENCE_WHILE_CONNECTING_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private static PgConnectOptions direct(PgConnectOptions options) {
        return new PgConnectOptions(options)
                .setPreparedStatementCacheSqlFilter(
                        sql -> !SELECTIVE.matcher(sql).find());
    }

    /**
     * Statements that are not cached are sent with each execution, in one message that no proxy splits. So none is
     * cached: in a batch, the client would send a cached statement again, which the server rejects.
     */
    private static PgConnectOptions proxied(PgConnectOptions options) {
        return new PgConnectOptions(options).setUseLayer7Proxy(true).setCachePreparedStatements(false);
    }

    /**
     * A connection pooler such as PgBouncer tells its clients a process id of its own. Behind a pooler, no statement
     * may be cached: the next transaction may run on another server connection. A connection to a read-only server is
     * discarded.
     */
    private void prepare(PgConnection connection, ServerState server) {
        var handler = StatementTimeoutHandler.install(connection, server);
        ServerProbe.of(connection).onComplete(answer -> {
            wasConnected = true;
            if (answer.succeeded()) {
                isBehindProxy = answer.result().processId() != connection.processId();
                // Returns it to the pool
                connection.close();
            } else {
                handler.discard();
            }
        });
    }
}
