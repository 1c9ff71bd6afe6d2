package dev.todo.observability;

import io.quarkus.logging.LoggingFilter;
import io.vertx.core.http.HttpClosedException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Drops the errors that the framework logs, with stack traces, when a client disconnects during a stream. */
@LoggingFilter(name = "disconnects")
public final class DisconnectLogFilter implements Filter {

    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    /** From Vert.x and, in IOExceptions, from the operating system. */
    private static final Set<String> MESSAGES =
            Set.of("Connection was closed", "Broken pipe", "Connection reset", "Connection reset by peer");

    @Override
    public boolean isLoggable(LogRecord line) {
        return !(STREAMS.equals(line.getLoggerName()) && isDisconnect(line.getThrown()));
    }

    private static boolean isDisconnect(Throwable failure) {
        return failure != null
                && (failure instanceof ClosedChannelException
                        || failure instanceof HttpClosedException
                        || MESSAGES.contains(String.valueOf(failure.getMessage()))
                        || isDisconnect(failure.getCause()));
    }
}
