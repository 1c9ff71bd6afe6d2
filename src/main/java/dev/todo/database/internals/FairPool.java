package dev.todo.database.internals;

import dev.todo.database.PrimarySearch;
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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Vert.x' pool with its own queue for callers that wait for a connection: fair, bounded, and left by callers that time
 * out. In Vert.x 4.5.27 the pool loses a connection that is handed over in the moment of a time-out, so a paused
 * database soon exhausts it; and a statement that gets no connection leaves a timer behind that logs an error.
 *
 * <p>Connections that may be dead or read-only are probed or replaced before they are handed over.
 */
final class FairPool extends PoolImpl {

    /** A connection without a response for this long is probed, because the server may have gone without closing it. */
    private static final int TRUSTED_MILLIS = 1_000;
    /** At most half of the time that the caller waits, which leaves the other half for a new connection. */
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

    /**
     * A pool that makes each connection with the options, one for each host, that apply by then; callers wait no longer
     * than the time-out.
     */
    static PgPool of(
            Vertx owner, Supplier<List<PgConnectOptions>> hosts, PoolOptions options, IntSupplier timeoutMillis) {
        var vertx = (VertxInternal) owner;
        var closing = new CloseFuture();
        var connections =
                PgDriver.INSTANCE.createConnectionFactory(vertx, hosts.get().get(0));
        var permits = new FairSemaphore(options.getMaxSize(), options.getMaxWaitQueueSize());
        var pool = new FairPool(vertx, options.setConnectionTimeout(0), permits, timeoutMillis, closing);
        var search = new PrimarySearch();
        pool.connectionProvider(context -> search.connect(hosts.get(), host -> connections.connect(context, host)));
        pool.init();
        closing.add(connections);
        vertx.addCloseHook(closing);
        return new PgPoolImpl(vertx, closing, pool);
    }

    @Override
    public Future<SqlConnection> getConnection() {
        var context = vertx.getOrCreateContext();
        var caller = context.<SqlConnection>promise();
        if (permits.tryAcquire()) {
            take(context, caller);
        } else {
            enqueue(context, caller);
        }
        if (!caller.future().isComplete()) {
            // Netty's timer costs a quarter of Vert.x'
            var timer = context.nettyEventLoop()
                    .schedule(() -> timeOut(caller), timeoutMillis.getAsInt(), TimeUnit.MILLISECONDS);
            caller.future().onComplete(connection -> timer.cancel(false));
        }
        return caller.future();
    }

    private static void timeOut(Promise<SqlConnection> caller) {
        caller.tryFail(new TimeoutException("Timed out waiting for a database connection"));
    }

    private void enqueue(ContextInternal context, Promise<SqlConnection> caller) {
        var place = queue.submitted();
        Runnable turn = () -> {
            queue.end(queue.begin(place), true);
            context.runOnContext(now -> take(context, caller));
        };
        caller.future().onFailure(timeout -> {
            if (permits.giveUp(turn)) {
                queue.rejected(place);
            }
        });
        if (!permits.acquire(turn)) {
            queue.rejected(place);
            caller.fail(new ConnectionPoolTooBusyException("Too many requests are waiting for a database connection"));
        }
    }

    @Override
    public <R> Future<R> schedule(ContextInternal context, CommandBase<R> statement) {
        return getConnection()
                .compose(connection -> ((CommandScheduler) connection)
                        .schedule(context, statement)
                        .eventually(() -> connection.close()));
    }

    /** Takes a connection for a caller that has a permit, and so waits only if a new connection has to be made. */
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

    /** Separate metrics for the queue: according to Vert.x' own metrics, nobody ever waits. */
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
