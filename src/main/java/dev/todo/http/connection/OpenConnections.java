package dev.todo.http.connection;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Limits the connections to one port to what the heap has room for. One more replaces the connection that has been idle
 * longest, or else the slowest upload, so that nobody can keep others out by holding connections.
 */
final class OpenConnections {

    private static final int MIN = 1_500;
    private static final int MAX = 50_000;
    private static final int HEAP_BYTES_EACH = 64 * 1024;

    private final int limit;
    private final BodyBudget budget;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    /** What this class needs to choose the connection to drop. */
    interface Connection {

        /** Whether no request is in progress. */
        boolean isIdle();

        long idleSince();

        /** Closes the connection; may be called from any thread. */
        void drop();
    }

    OpenConnections(BodyBudget budget) {
        this(budget, (int) Math.max(MIN, Math.min(MAX, Runtime.getRuntime().maxMemory() / HEAP_BYTES_EACH)));
    }

    OpenConnections(BodyBudget budget, int limit) {
        this.budget = budget;
        this.limit = limit;
    }

    /** Adds a connection, dropping another one if necessary. Returns false if there is no room. */
    boolean add(Connection connection) {
        if (open.size() < limit || makeRoom()) {
            open.add(connection);
            return true;
        }
        return false;
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    private boolean makeRoom() {
        var idle = open.stream().filter(Connection::isIdle).min(Comparator.comparingLong(Connection::idleSince));
        if (idle.isPresent()) {
            open.remove(idle.get());
            idle.get().drop();
            return true;
        }
        var slowest = budget.slowest(null);
        slowest.ifPresent(Upload::drop);
        return slowest.isPresent();
    }
}
