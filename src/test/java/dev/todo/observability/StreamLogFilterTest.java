package dev.todo.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.HttpClosedException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class StreamLogFilterTest {

    private static final String STREAMS = "org.jboss.resteasy.reactive.server.handlers.PublisherResponseHandler";

    private final StreamLogFilter filter = new StreamLogFilter();

    @Test
    void drops_records_about_clients_that_disconnect() {
        assertFalse(filter.isLoggable(line(STREAMS, new ClosedChannelException())));
        assertFalse(filter.isLoggable(line(STREAMS, new HttpClosedException("Connection was closed"))));
        assertFalse(filter.isLoggable(line(STREAMS, new IllegalStateException(new ClosedChannelException()))));
        assertFalse(filter.isLoggable(line(STREAMS, new IOException("Broken pipe"))));
        assertFalse(filter.isLoggable(line(STREAMS, new IOException("Connection reset by peer"))));
    }

    @Test
    void logs_one_warning_if_the_database_becomes_unavailable() {
        var line = line(STREAMS, ClosedConnectionException.INSTANCE);

        assertTrue(filter.isLoggable(line));

        assertEquals(Level.WARNING, line.getLevel());
        assertNull(line.getThrown());
        assertTrue(line.getMessage().startsWith("Database unavailable"), line.getMessage());
    }

    @Test
    void keeps_all_other_records() {
        var line = line(STREAMS, new IllegalStateException());
        assertTrue(filter.isLoggable(line));
        assertEquals(Level.SEVERE, line.getLevel());
        assertTrue(filter.isLoggable(line(STREAMS, null)));
        assertTrue(filter.isLoggable(line("dev.todo.http.HttpErrorHandler", new ClosedChannelException())));
    }

    private static LogRecord line(String logger, Throwable failure) {
        var line = new LogRecord(Level.SEVERE, "Exception in SSE server handling");
        line.setLoggerName(logger);
        line.setThrown(failure);
        return line;
    }
}
