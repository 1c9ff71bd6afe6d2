package dev.todo.observability;

import dev.todo.database.internals.DatabaseFaults;
import io.quarkus.logging.LoggingFilter;
import io.vertx.core.http.HttpClosedException;
import java.nio.channels.ClosedChannelException;
import java.util.Set;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Replaces what the framework logs, as errors with stack traces, when a streamed response fails: nothing if the client
 * has disconnected, and one line if the database has become unavailable.
 */
@LoggingFilter(name = "streams")
public final class StreamLogFilter implements Filter {

    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    /** From Vert.x and, in IOExceptions, from the operating system. */
    private static final Set<String> MESSAGES =
            Set.of("Connection was closed", "Broken pipe", "Connection reset", "Connection reset by peer");

    @Override
    public boolean isLoggable(LogRecord line) {
        if (!STREAMS.equals(line.getLoggerName())) {
            return true;
        }
        var failure = line.getThrown();
        if (isDisconnect(failure)) {
            return false;
        }
        if (DatabaseFaults.isUnavailable(failure)) {
            line.setLevel(Level.WARNING);
            line.setMessage("Database unavailable, so a response ended early: " + failure);
            line.setThrown(null);
        }
        return true;
    }

    private static boolean isDisconnect(Throwable failure) {
        return failure != null
                && (failure instanceof ClosedChannelException
                        || failure instanceof HttpClosedException
                        || MESSAGES.contains(String.valueOf(failure.getMessage()))
                        || isDisconnect(failure.getCause()));
    }
}
