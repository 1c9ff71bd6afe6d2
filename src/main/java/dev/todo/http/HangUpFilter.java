package dev.todo.http;

import io.quarkus.logging.LoggingFilter;
import io.vertx.core.http.HttpClosedException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Leaves out what the framework logs, as an error with its stack trace, of clients that hang up while they are sent a stream. */
@LoggingFilter(name = "hang-ups")
public final class HangUpFilter implements Filter {

    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    @Override
    public boolean isLoggable(LogRecord line) {
        return !(STREAMS.equals(line.getLoggerName()) && isHangUp(line.getThrown()));
    }

    private static boolean isHangUp(Throwable failure) {
        return failure != null
                && (failure instanceof ClosedChannelException
                        || failure instanceof HttpClosedException
                        || "Connection was closed".equals(failure.getMessage())
                        || isHangUp(failure.getCause()));
    }
}
