package dev.todo.http.concurrency;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;

/** A call in the queue of its user. */
final class QueuedCall {

    enum State {
        REFUSED,
        WAITING,
        RUNNING,
        /** The call is over, but its place is not free yet. */
        RESTING,
        LEFT
    }

    final QueueKey queue;
    /** Only the queue changes it, under its lock. */
    volatile State state = State.REFUSED;

    private final Context context = Vertx.currentContext();
    private final CompletableFuture<Void> turn = new CompletableFuture<>();
    private volatile boolean isStream;
    private long begin;
    private double millisRunning;

    QueuedCall(QueueKey queue) {
        this.queue = queue;
    }

    boolean isRefused() {
        return state == State.REFUSED;
    }

    Uni<Void> turn() {
        return state == State.RUNNING
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().completionStage(turn).emitOn(MutinyHelper.executor(context));
    }

    void start() {
        state = State.RUNNING;
        begin = System.nanoTime();
    }

    /** Stops the clock and returns how many milliseconds the call ran. */
    double stop() {
        if (state == State.RUNNING) {
            millisRunning = (System.nanoTime() - begin) / 1e6;
        }
        return millisRunning;
    }

    void begin() {
        turn.complete(null);
    }

    void giveUp() {
        turn.completeExceptionally(new TooManyRequests("The client has disconnected."));
    }

    void markAsStream() {
        isStream = true;
    }

    boolean isStream() {
        return isStream;
    }
}
