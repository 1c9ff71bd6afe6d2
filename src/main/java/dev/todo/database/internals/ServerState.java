package dev.todo.database.internals;

/** What the connections of a pool have found out about their server. */
final class ServerState {

    private final CancelRequests cancelRequests;
    private volatile long lastSilence = System.nanoTime();
    private volatile long lastReadOnly = lastSilence;

    ServerState(CancelRequests cancelRequests) {
        this.cancelRequests = cancelRequests;
    }

    CancelRequests cancelRequests() {
        return cancelRequests;
    }

    /** The server did not respond in time: it may be gone without having closed the other connections. */
    void markSilent() {
        lastSilence = System.nanoTime();
    }

    /** The server accepts no changes. Sessions may stay read-only after it accepts changes again. */
    void markReadOnly() {
        lastReadOnly = System.nanoTime();
    }

    /** Whether a connection should be replaced. */
    boolean isOutdated(long made, long lastAnswer) {
        return lastAnswer - lastSilence < 0 || made - lastReadOnly < 0;
    }
}
