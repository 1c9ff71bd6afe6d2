package dev.todo.database.internals;

/** What the connections of a pool have found out about the server that all of them lead to. */
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

    /** It did not answer in time: it may be gone, without having ended the other connections. */
    void markSilent() {
        lastSilence = System.nanoTime();
    }

    /** It takes no changes. Sessions may stay so when it takes them again. */
    void markReadOnly() {
        lastReadOnly = System.nanoTime();
    }

    /** Whether a connection should be made anew. */
    boolean isOutdated(long made, long lastAnswer) {
        return lastAnswer - lastSilence < 0 || made - lastReadOnly < 0;
    }
}
