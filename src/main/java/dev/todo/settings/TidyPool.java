package dev.todo.settings;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.CloseFuture;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
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
 * Vert.x' pool with a time-out of its own for those who wait for a connection. In Vert.x 4.5.25 a connection that is handed
 * over just when its time-out runs out is lost to the pool, which a paused database soon exhausts; and a statement that gets
 * no connection leaves a timer behind that logs an error.
 */
final class TidyPool extends PoolImpl {

    private final VertxInternal vertx;
    private final IntSupplier patienceMillis;

    private TidyPool(VertxInternal vertx, PoolOptions options, IntSupplier patienceMillis, CloseFuture closing) {
        super(vertx, PgDriver.INSTANCE, false, options, null, null, closing);
        this.vertx = vertx;
        this.patienceMillis = patienceMillis;
    }

    /** A pool whose next connection is made by the options that hold by then; nobody waits longer for one than that. */
    static PgPool of(Vertx owner, Supplier<PgConnectOptions> server, PoolOptions options, IntSupplier patienceMillis) {
        var vertx = (VertxInternal) owner;
        var closing = new CloseFuture();
        var connections = PgDriver.INSTANCE.createConnectionFactory(vertx, () -> Future.succeededFuture(server.get()));
        var pool = new TidyPool(vertx, options.setConnectionTimeout(0), patienceMillis, closing);
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
        var timer = context.setTimer(
                patienceMillis.getAsInt(),
                id -> caller.tryFail(new TimeoutException("No connection within the time-out")));
        super.getConnection().onComplete(connection -> {
            vertx.cancelTimer(timer);
            if (connection.failed()) {
                caller.tryFail(connection.cause());
            } else if (!caller.tryComplete(connection.result())) {
                connection.result().close();
            }
        });
        return caller.future();
    }

    @Override
    public <R> Future<R> schedule(ContextInternal context, CommandBase<R> statement) {
        return getConnection()
                .compose(connection -> ((CommandScheduler) connection)
                        .schedule(context, statement)
                        .eventually(() -> connection.close()));
    }
}
