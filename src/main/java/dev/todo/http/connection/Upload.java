package dev.todo.http.connection;

import java.util.concurrent.atomic.AtomicLong;

/** One request as its bytes arrive. Other connections look at it when memory is short. */
final class Upload {

    private final Runnable drop;
    private final long startNanos = System.nanoTime();
    private final AtomicLong heldBytes = new AtomicLong();
    private volatile long receivedBytes;
    private boolean hasAnswerBegun;
    private boolean isAnswered;

    /** @param drop ends its connection, from whichever thread */
    Upload(Runnable drop) {
        this.drop = drop;
    }

    void receive(int bytes) {
        receivedBytes += bytes;
    }

    void beginAnswer() {
        hasAnswerBegun = true;
    }

    boolean hasAnswerBegun() {
        return hasAnswerBegun;
    }

    void markAnswered() {
        isAnswered = true;
    }

    boolean isAnswered() {
        return isAnswered;
    }

    long receivedBytes() {
        return receivedBytes;
    }

    AtomicLong heldBytes() {
        return heldBytes;
    }

    boolean isOlderThan(long nanos) {
        return System.nanoTime() - startNanos > nanos;
    }

    double bytesPerSecond() {
        return receivedBytes * 1e9 / Math.max(1, System.nanoTime() - startNanos);
    }

    void drop() {
        drop.run();
    }
}
