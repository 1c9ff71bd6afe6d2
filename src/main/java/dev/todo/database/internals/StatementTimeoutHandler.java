package dev.todo.database.internals;

import dev.todo.database.OutcomeUnknown;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.command.CloseConnectionCommand;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.util.concurrent.TimeUnit;

/**
 * Ends statements that take too long, on the connection itself, where no caller can forget to. First it asks the server
 * to cancel the statement, so that it does not keep waiting for a lock after its caller has gone; if the server does
 * not respond to that either, it closes the connection. A connection that cannot be used again leaves the pool before
 * its last response is passed on, so that nobody else gets it.
 *
 * <p>The server's own {@code statement_timeout} is no alternative: transaction poolers reject session state.
 */
final class StatementTimeoutHandler extends ChannelDuplexHandler {

    private static final int STATEMENT_MILLIS = 2_000;
    /** A busy server needs time, and a change that it does not confirm in time may or may not be stored. */
    private static final int CANCELLATION_MILLIS = 1_000;

    private static final String NAME = "statement-timeout";
    /** Keeps the handler as an attribute: the pipeline is empty once the connection has ended. */
    private static final AttributeKey<StatementTimeoutHandler> KEY = AttributeKey.valueOf(NAME);

    private final PgConnection connection;
    private final Connection.Holder pooled;
    private final ServerState server;
    private final long made = System.nanoTime();
    private final TransactionTracker transaction = new TransactionTracker();
    private ChannelHandlerContext channel;
    private ChannelHandlerContext codec;
    private int unanswered;
    private ScheduledFuture<?> timer;
    private boolean isCancelled;
    private volatile boolean isDiscarded;
    private volatile long lastAnswer = made;

    private StatementTimeoutHandler(PgConnection connection, ServerState server) {
        this.connection = connection;
        this.pooled = ClientConnection.pooled(connection);
        this.server = server;
    }

    /** Watches a new connection from now on, replacing the time-out that applied while it was being made. */
    static StatementTimeoutHandler install(PgConnection connection, ServerState server) {
        var channel = ClientConnection.channel(connection);
        var handler = new StatementTimeoutHandler(connection, server);
        channel.attr(KEY).set(handler);
        channel.pipeline().remove("idle");
        // Between the handlers that write commands and read responses, and the codec that converts them to bytes
        channel.pipeline().addAfter("codec", NAME, handler);
        return handler;
    }

    static StatementTimeoutHandler of(SqlConnection connection) {
        return ClientConnection.channel(connection).attr(KEY).get();
    }

    /** Removes the connection from the pool and closes it. May be called repeatedly. */
    void discard() {
        removeFromPool();
        close();
    }

    /** Discards a connection whose server accepts no changes. */
    void discardReadOnly() {
        server.markReadOnly();
        discard();
    }

    /** Discards a connection whose server has not responded in time. */
    void discardSilent() {
        server.markSilent();
        discard();
    }

    /**
     * Whether it was discarded, or made before the server was found read-only, or has had no response since a time-out.
     */
    boolean isOutdated() {
        return isDiscarded || server.isOutdated(made, lastAnswer);
    }

    /** Whether the server has responded on this connection within this time. */
    boolean hasAnsweredWithin(long millis) {
        return System.nanoTime() - lastAnswer < TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext channel) {
        this.channel = channel;
        this.codec = channel.pipeline().context("codec");
    }

    @Override
    public void write(ChannelHandlerContext channel, Object command, ChannelPromise promise) throws Exception {
        if (isDiscarded && command instanceof CommandBase<?> refused && refused != CloseConnectionCommand.INSTANCE) {
            // A commit, above all, must no longer be sent: nobody would receive the response
            super.channelRead(channel, response(refused, ClosedConnectionException.INSTANCE));
            return;
        }
        unanswered++;
        restart();
        transaction.onSent((CommandBase<?>) command);
        super.write(channel, command, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) throws Exception {
        if (!(message instanceof CommandResponse<?> answer)) {
            super.channelRead(channel, message);
            return;
        }
        unanswered--;
        restart();
        var failure = answer.toAsyncResult().cause();
        if (!StatementFailure.isUnanswered(failure)) {
            lastAnswer = System.nanoTime();
        }
        if (StatementFailure.isReadOnly(failure)) {
            server.markReadOnly();
        }
        // The statement that was cancelled may be the next one
        if (isCancelled || StatementFailure.endsConnection(failure)) {
            removeFromPool();
        }
        var passedOn = StatementFailure.isUnanswered(failure) && transaction.mayHaveStored(answer.cmd)
                ? response(answer.cmd, new OutcomeUnknown(failure))
                : answer;
        transaction.onAnswered(answer.cmd);
        super.channelRead(channel, passedOn);
        if (isDiscarded) {
            close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) throws Exception {
        stop();
        removeFromPool();
        super.channelInactive(channel);
    }

    private void restart() {
        stop();
        if (unanswered > 0) {
            timer = channel.executor().schedule(this::cancel, STATEMENT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void cancel() {
        isCancelled = true;
        server.cancelRequests().send(connection);
        timer = channel.executor().schedule(this::discardSilent, CANCELLATION_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void removeFromPool() {
        if (!isDiscarded) {
            isDiscarded = true;
            pooled.handleClosed();
        }
    }

    /** Closes immediately. Skips the codec, which would wait until pending writes are sent. */
    private void close() {
        codec.close();
    }

    private static <R> CommandResponse<R> response(CommandBase<R> command, Throwable failure) {
        var response = CommandResponse.<R>failure(failure);
        response.cmd = command;
        return response;
    }
}
