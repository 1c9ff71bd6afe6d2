package dev.todo.http.connection;

import java.util.concurrent.atomic.AtomicLong;

/** A request as its bytes arrive. Other connections inspect it when memory is short. */
final class Upload {

    private final Runnable drop;
    private final long startNanos = System.nanoTime();
    private final AtomicLong heldBytes = new AtomicLong();
    private volatile long receivedBytes;
    private boolean hasAnswerBegun;
    private boolean isAnswered;

    /** @param drop closes its connection; may be called from any thread */
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
