package dev.todo.observability;

import io.quarkus.logging.LoggingFilter;
import io.vertx.core.http.HttpClosedException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Drops the errors that the framework logs, with stack traces, when a client disconnects during a stream. */
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
