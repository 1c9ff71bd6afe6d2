package dev.todo.observability;

import io.quarkus.logging.LoggingFilter;
import io.vertx.core.http.HttpClosedException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Leaves out what the framework logs, as an error with its stack trace, of clients that hang up while they are sent a stream. */
@LoggingFilter(name = "disconnects")
public final class DisconnectLogFilter implements Filter {

    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    @Override
    public boolean isLoggable(LogRecord line) {
        return !(STREAMS.equals(line.getLoggerName()) && isDisconnect(line.getThrown()));
    }

    private static boolean isDisconnect(Throwable failure) {
        return failure != null
                && (failure instanceof ClosedChannelException
                        || failure instanceof HttpClosedException
                        || "Connection was closed".equals(failure.getMessage())
                        || isDisconnect(failure.getCause()));
    }
}
