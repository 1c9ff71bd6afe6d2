package dev.todo.database.internals;

import dev.todo.config.Settings;
import dev.todo.database.TlsOptions;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Adds to Quarkus' pool what DATABASE_URL says of encryption, and the time-outs that keep every request within five seconds
 * whatever becomes of the database: two waits for a connection, one for the caller and one for the work, and one statement.
 */
@Singleton
class ReactivePool implements PgPoolCreator {

    private static final int ACQUISITION_MILLIS = 1_500;
    /** A JVM that has just started may need seconds for its first; who waits in vain for that gets no further. */
    private static final int FIRST_ACQUISITION_MILLIS = 4_000;
    /** More than a pool of any size serves before their time-out. */
    private static final int MAX_WAITING = 5_000;

    /** Searches and ranges of time are planned for their values each time: docs/decisions/0008-finding-tasks.md. */
    private static final Pattern SELECTIVE = Pattern.compile("@@|(due|updated)_at (<|>=) \\$");

    private static final int TCP_CONNECT_MILLIS = 3_000;
    /** Longer than anybody waits for it: a database that has to be woken up first is there for the next request. */
    private static final int SILENCE_WHILE_CONNECTING_SECONDS = 5;

    private final Settings.DatabaseSettings database;
    // Until the first connection has shown that the server itself is at its other end
    private volatile boolean isBehindProxy = true;
    private volatile boolean wasConnected;

    ReactivePool(Settings settings) {
        this.database = settings.database();
    }

    @Override
    public Pool create(Input input) {
        var options = input.pgConnectOptionsList().get(0);
        TlsOptions.apply(options, database.sslMode(), database.rootCertificate());
        options.addProperty("application_name", "todo-service");
        // What PostgreSQL 12 and later does without being told; PgBouncer refuses to be told
        options.getProperties().remove("extra_float_digits");
        options.setConnectTimeout(TCP_CONNECT_MILLIS);
        options.setIdleTimeout(SILENCE_WHILE_CONNECTING_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
        var direct = new PgConnectOptions(options)
                .setPreparedStatementCacheSqlFilter(
                        sql -> !SELECTIVE.matcher(sql).find());
        // Statements that are not kept are sent along with each execution, in one message that no proxy takes apart.
        // So none is kept: of a batch the client would send a kept one along, too, which the server refuses
        var proxied = new PgConnectOptions(options).setUseLayer7Proxy(true).setCachePreparedStatements(false);
        input.poolOptions().setMaxWaitQueueSize(MAX_WAITING);
        var pool = FairPool.of(
                input.vertx(),
                () -> isBehindProxy ? proxied : direct,
                input.poolOptions(),
                () -> wasConnected ? ACQUISITION_MILLIS : FIRST_ACQUISITION_MILLIS);
        var server = new ServerState(new CancelRequests(input.vertx(), options));
        pool.connectHandler(connection -> prepare(PgConnection.cast(connection), server));
        return pool;
    }

    /**
     * A connection pooler such as PgBouncer makes up the process id that it tells its clients. Behind one, no statement may
     * be kept: the next transaction may run on another connection of the server. A connection to a server that takes no
     * changes is as good as none.
     */
    private void prepare(PgConnection connection, ServerState server) {
        var handler = StatementTimeoutHandler.install(connection, server);
        ServerProbe.of(connection).onComplete(answer -> {
            wasConnected = true;
            if (answer.succeeded()) {
                isBehindProxy = answer.result().processId() != connection.processId();
                // Gives it to the pool
                connection.close();
            } else {
                handler.discard();
            }
        });
    }
}
