package dev.todo.http.connection;

import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections to one port, as many as the heap has room for. One more takes the place of the one that has been idle for
 * the longest, or else of the slowest upload, so that nobody keeps others out by holding connections.
 */
final class OpenConnections {

    private static final int MIN = 1_500;
    private static final int MAX = 50_000;
    private static final int HEAP_BYTES_EACH = 64 * 1024;

    private final int limit;
    private final BodyBudget budget;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    /** One of them, as far as it decides who has to go. */
    interface Connection {

        /** Whether no request is under way. */
        boolean isIdle();

        long idleSince();

        /** Closes the connection, from whichever thread. */
        void drop();
    }

    OpenConnections(BodyBudget budget) {
        this(budget, (int) Math.max(MIN, Math.min(MAX, Runtime.getRuntime().maxMemory() / HEAP_BYTES_EACH)));
    }

    OpenConnections(BodyBudget budget, int limit) {
        this.budget = budget;
        this.limit = limit;
    }

    /** Whether there is room for it, or some was made. */
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
