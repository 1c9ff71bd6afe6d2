package dev.todo.settings;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionBase;
import io.vertx.sqlclient.impl.command.CommandResponse;
import java.util.concurrent.TimeUnit;

/**
 * Ends statements that take too long, on the connection itself, where nobody can forget to: first the server is asked to
 * cancel it, so that it does not wait on behind a lock for nobody; a server that does not even answer that is hung up on.
 *
 * <p>The server's own {@code statement_timeout} is no alternative: a transaction pool refuses session state.
 */
final class StatementWatch extends ChannelDuplexHandler {

    private static final int STATEMENT_MILLIS = 2_000;
    private static final int CANCELLATION_MILLIS = 500;
    /** A primary that has become a standby: its successor is found by connecting anew. */
    private static final String READ_ONLY = "25006";

    private final PgConnection connection;
    private int unanswered;
    private ScheduledFuture<?> timer;
    private boolean isCancelled;

    private StatementWatch(PgConnection connection) {
        this.connection = connection;
    }

    /** Watches over a new connection from now on, instead of the time-out that it was made under. */
    static void over(PgConnection connection) {
        // The client offers no way to its channel but this
        var socket = ((SocketConnectionBase)
                        ((SqlConnectionBase<?>) connection).unwrap().unwrap())
                .socket();
        var pipeline = socket.channelHandlerContext().pipeline();
        pipeline.remove("idle");
        // Between those who write commands and read answers, and the codec that makes bytes of them
        pipeline.addAfter("codec", "statement-watch", new StatementWatch(connection));
    }

    @Override
    public void write(ChannelHandlerContext channel, Object command, ChannelPromise promise) throws Exception {
        unanswered++;
        restart(channel);
        super.write(channel, command, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) throws Exception {
        if (message instanceof CommandResponse<?> answer) {
            unanswered--;
            restart(channel);
            super.channelRead(channel, message);
            // Who was cancelled by now may be the next statement
            if (isCancelled || isReadOnly(answer)) {
                close(channel);
            }
        } else {
            super.channelRead(channel, message);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) throws Exception {
        stop();
        super.channelInactive(channel);
    }

    private void restart(ChannelHandlerContext channel) {
        stop();
        if (unanswered > 0) {
            timer = channel.executor().schedule(() -> cancel(channel), STATEMENT_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void cancel(ChannelHandlerContext channel) {
        isCancelled = true;
        connection.cancelRequest();
        timer = channel.executor().schedule(() -> close(channel), CANCELLATION_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** At once: the codec, left out here, would wait for those who are written to. */
    private static void close(ChannelHandlerContext channel) {
        channel.pipeline().context("codec").close();
    }

    private static boolean isReadOnly(CommandResponse<?> answer) {
        return answer.toAsyncResult().cause() instanceof PgException failure && READ_ONLY.equals(failure.getSqlState());
    }
}
