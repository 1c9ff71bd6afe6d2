package dev.todo.http.connection;

import io.micrometer.core.instrument.Metrics;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Map.Entry;

/**
 * Limits the memory that all connections together hold for clients that do not read. Past the limit, it closes the
 * connection whose client has gone longest without reading, those with little pending data last.
 */
final class OutboundBufferLimit {

    private static final long MIN_BYTES = 16 * 1024 * 1024;
    private static final int MEMORY_PER_BYTE = 8;
    private static final int SMALL_BYTES = 64 * 1024;

    private final Map<Connection, Long> unsent = new HashMap<>();
    private final long maxBytes;
    private long total;

    /** What this class needs to choose the connection to close. */
    interface Connection {

        /** When the client was last seen to read something. */
        long lastProgress();

        void close();
    }

    OutboundBufferLimit() {
        this(Math.max(MIN_BYTES, Runtime.getRuntime().maxMemory() / MEMORY_PER_BYTE));
    }

    OutboundBufferLimit(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    synchronized void update(Connection connection, long bytes) {
        var before = unsent.put(connection, bytes);
        total += bytes - (before == null ? 0 : before);
        while (total > maxBytes) {
            var slowest = unsent.entrySet().stream()
                    .min(Comparator.<Entry<Connection, Long>, Boolean>comparing(
                                    entry -> entry.getValue() <= SMALL_BYTES)
                            .thenComparing(entry -> entry.getKey().lastProgress()))
                    .orElseThrow()
                    .getKey();
            drop(slowest, "memory");
        }
    }

    synchronized void forget(Connection connection) {
        var before = unsent.remove(connection);
        total -= before == null ? 0 : before;
    }

    void dropStalled(Connection connection) {
        drop(connection, "stalled");
    }

    private void drop(Connection connection, String reason) {
        forget(connection);
        Metrics.counter("todo.connections.dropped", "reason", reason).increment();
        connection.close();
    }
}
