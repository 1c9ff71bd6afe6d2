package dev.todo.database.internals;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.spi.metrics.PoolMetrics;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgPool;
import io.vertx.pgclient.impl.PgPoolImpl;
import io.vertx.pgclient.spi.PgDriver;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.PoolImpl;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandScheduler;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Vert.x' pool with a queue of its own for those who wait for a connection: fair, bounded, and left by those whose time-out
 * runs out. In Vert.x 4.5.25 a connection that is handed over just when that happens is lost to the pool, which a paused
 * database soon exhausts; and a statement that gets no connection leaves a timer behind that logs an error.
 *
 * <p>Connections that may be dead or read-only are tried out or replaced before they are handed over.
 */
final class FairPool extends PoolImpl {

    /** Servers that went away without a word are found out by those connections that idled meanwhile. */
    private static final int TRUSTED_MILLIS = 1_000;
    /** Half of what its caller waits at most, so that the other half is for a new one. */
    private static final int PROBE_MILLIS = 750;

    private final VertxInternal vertx;
    private final FairSemaphore permits;
    private final IntSupplier timeoutMillis;
    private final PoolMetrics<Object> queue;

    private FairPool(
            VertxInternal vertx,
            PoolOptions options,
            FairSemaphore permits,
            IntSupplier timeoutMillis,
            CloseFuture closing) {
        super(vertx, PgDriver.INSTANCE, false, options, null, returned -> release(permits), closing);
        this.vertx = vertx;
        this.permits = permits;
        this.timeoutMillis = timeoutMillis;
        this.queue = queueMetrics(options.getName());
    }

    /** A pool whose next connection is made by the options that hold by then; nobody waits longer for one than that. */
    static PgPool of(Vertx owner, Supplier<PgConnectOptions> server, PoolOptions options, IntSupplier timeoutMillis) {
        var vertx = (VertxInternal) owner;
        var closing = new CloseFuture();
        var connections = PgDriver.INSTANCE.createConnectionFactory(vertx, () -> Future.succeededFuture(server.get()));
        var permits = new FairSemaphore(options.getMaxSize(), options.getMaxWaitQueueSize());
        var pool = new FairPool(vertx, options.setConnectionTimeout(0), permits, timeoutMillis, closing);
        pool.connectionProvider(connections::connect);
        pool.init();
        closing.add(connections);
        vertx.addCloseHook(closing);
        return new PgPoolImpl(vertx, closing, pool);
    }

    @Override
    public Future<SqlConnection> getConnection() {
        var context = vertx.getOrCreateContext();
        var caller = context.<SqlConnection>promise();
        var place = queue.submitted();
        Runnable turn = () -> {
            queue.end(queue.begin(place), true);
            if (vertx.getContext() == context) {
                take(context, caller);
            } else {
                context.runOnContext(now -> take(context, caller));
            }
        };
        var timer = context.setTimer(timeoutMillis.getAsInt(), id -> {
            if (permits.giveUp(turn)) {
                queue.rejected(place);
            }
            caller.tryFail(new TimeoutException("Timed out waiting for a database connection"));
        });
        caller.future().onComplete(connection -> vertx.cancelTimer(timer));
        if (!permits.acquire(turn)) {
            queue.rejected(place);
            caller.fail(new ConnectionPoolTooBusyException("Too many requests are waiting for a database connection"));
        }
        return caller.future();
    }

    @Override
    public <R> Future<R> schedule(ContextInternal context, CommandBase<R> statement) {
        return getConnection()
                .compose(connection -> ((CommandScheduler) connection)
                        .schedule(context, statement)
                        .eventually(() -> connection.close()));
    }

    /** With a permit, and so without waiting but for a new connection. */
    private void take(ContextInternal context, Promise<SqlConnection> caller) {
        super.getConnection().onComplete(taken -> {
            if (taken.failed()) {
                permits.release();
                caller.tryFail(taken.cause());
                return;
            }
            var connection = taken.result();
            var handler = StatementTimeoutHandler.of(connection);
            if (caller.future().isComplete()) {
                connection.close();
            } else if (handler.isOutdated()) {
                replace(connection, handler, context, caller);
            } else if (handler.hasAnsweredWithin(TRUSTED_MILLIS)) {
                handOver(connection, caller);
            } else {
                probe(connection, handler).onComplete(answer -> {
                    if (answer.succeeded()) {
                        handOver(connection, caller);
                    } else {
                        replace(connection, handler, context, caller);
                    }
                });
            }
        });
    }

    private Future<ServerProbe> probe(SqlConnection connection, StatementTimeoutHandler handler) {
        var timer = vertx.setTimer(PROBE_MILLIS, id -> handler.discardSilent());
        return ServerProbe.of(connection).onComplete(answer -> vertx.cancelTimer(timer));
    }

    private void replace(
            SqlConnection connection,
            StatementTimeoutHandler handler,
            ContextInternal context,
            Promise<SqlConnection> caller) {
        handler.discard();
        permits.exchange(() -> context.runOnContext(now -> take(context, caller)), connection::close);
    }

    private static void handOver(SqlConnection connection, Promise<SqlConnection> caller) {
        if (!caller.tryComplete(connection)) {
            connection.close();
        }
    }

    /** Vert.x' own series would say that nobody ever waits; these stand beside them. */
    @SuppressWarnings("unchecked")
    private PoolMetrics<Object> queueMetrics(String pool) {
        var metrics = vertx.metricsSPI();
        var found =
                metrics == null ? null : (PoolMetrics<Object>) metrics.createPoolMetrics("sql", pool + "-queue", -1);
        return found == null ? new PoolMetrics<>() {} : found;
    }

    private static Future<Void> release(FairSemaphore permits) {
        permits.release();
        return Future.succeededFuture();
    }
}
