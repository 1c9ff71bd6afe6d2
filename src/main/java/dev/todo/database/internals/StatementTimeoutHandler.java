package dev.todo.database.internals;

import dev.todo.database.OutcomeUnknown;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.AttributeKey;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;
import io.vertx.sqlclient.impl.command.CloseConnectionCommand;
import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.util.concurrent.TimeUnit;

/**
 * Ends statements that take too long, on the connection itself, where nobody can forget to: first the server is asked to
 * cancel it, so that it does not wait on behind a lock for nobody; a server that does not even answer that is hung up on.
 * A connection that cannot be used again leaves the pool before its last answer is passed on, so that nobody else gets it.
 *
 * <p>The server's own {@code statement_timeout} is no alternative: a transaction pool refuses session state.
 */
final class StatementTimeoutHandler extends ChannelDuplexHandler {

    private static final int STATEMENT_MILLIS = 2_000;
    /** A busy server takes its time, and what it does not answer in time may be stored or not. */
    private static final int CANCELLATION_MILLIS = 1_000;

    private static final String NAME = "statement-timeout";

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
        this.pooled = (Connection.Holder) ((SqlConnectionBase<?>) connection).unwrap();
        this.server = server;
    }

    /** Watches over a new connection from now on, instead of the time-out that it was made under. */
    static StatementTimeoutHandler install(PgConnection connection, ServerState server) {
        var channel = channelOf(connection);
        var handler = new StatementTimeoutHandler(connection, server);
        channel.attr(key()).set(handler);
        channel.pipeline().remove("idle");
        // Between those who write commands and read answers, and the codec that makes bytes of them
        channel.pipeline().addAfter("codec", NAME, handler);
        return handler;
    }

    static StatementTimeoutHandler of(SqlConnection connection) {
        return channelOf(connection).attr(key()).get();
    }

    /** Not in the pipeline, which is empty once the connection has ended. */
    private static AttributeKey<StatementTimeoutHandler> key() {
        return AttributeKey.valueOf(NAME);
    }

    /** The client offers no way to its channel but this. */
    private static Channel channelOf(SqlConnection connection) {
        return ((SocketConnectionBase)
                        ((SqlConnectionBase<?>) connection).unwrap().unwrap())
                .socket()
                .channelHandlerContext()
                .channel();
    }

    /** Takes the connection out of the pool and ends it. The pool does not mind being told twice. */
    void discard() {
        removeFromPool();
        close();
    }

    /** The same, of one whose server takes no changes. */
    void discardReadOnly() {
        server.markReadOnly();
        discard();
    }

    /** The same, of one whose server has not answered in time. */
    void discardSilent() {
        server.markSilent();
        discard();
    }

    /** Whether it has left, or has found out nothing since the server was seen to be away or read-only. */
    boolean isOutdated() {
        return isDiscarded || server.isOutdated(made, lastAnswer);
    }

    /** Whether the server has answered on this connection within this time. */
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
            // A commit, above all, must not get out any more: nobody would hear the answer
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
        // Who was cancelled by now may be the next statement
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

    /** At once: the codec, left out here, would wait for those who are written to. */
    private void close() {
        codec.close();
    }

    private static <R> CommandResponse<R> response(CommandBase<R> command, Throwable failure) {
        var response = CommandResponse.<R>failure(failure);
        response.cmd = command;
        return response;
    }
}
