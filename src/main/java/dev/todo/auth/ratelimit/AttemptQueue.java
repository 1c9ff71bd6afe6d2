package dev.todo.auth.ratelimit;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

/**
 * Limits the concurrent attempts of a kind at this replica to the number that may fail. The others wait here, where
 * they hold neither a connection nor a place in the queue for hashing.
 */
final class AttemptQueue {

    private static final long MAX_WAIT_MILLIS = 4_000;

    private final Map<RateLimit.Key, Line> lines = new HashMap<>();

    private static final class Line {
        private int underWay;
        private final Queue<Runnable> waiting = new ArrayDeque<>();
    }

    /**
     * Waits for a turn, which {@link #release} has to end; fails with {@link TooManyAttempts} after too long a wait.
     */
    Uni<Void> acquire(RateLimit.Key counted) {
        return Uni.createFrom().emitter(emitter -> {
            // Another request ends the turn, in its own context
            var context = Vertx.currentContext();
            Runnable begin = () -> context.runOnContext(now -> emitter.complete(null));
            if (tryBegin(counted, begin)) {
                emitter.complete(null);
            } else {
                context.owner().setTimer(MAX_WAIT_MILLIS, timer -> {
                    if (leave(counted, begin)) {
                        context.runOnContext(now -> emitter.fail(new TooManyAttempts(1)));
                    }
                });
            }
        });
    }

    private synchronized boolean tryBegin(RateLimit.Key counted, Runnable begin) {
        var line = lines.computeIfAbsent(counted, key -> new Line());
        if (line.underWay < counted.max()) {
            line.underWay++;
            return true;
        }
        line.waiting.add(begin);
        return false;
    }

    private synchronized boolean leave(RateLimit.Key counted, Runnable begin) {
        var line = lines.get(counted);
        return line != null && line.waiting.remove(begin);
    }

    /** Passes the turn to the attempt that has waited longest. */
    void release(RateLimit.Key counted) {
        var next = pollNext(counted);
        if (next != null) {
            next.run();
        }
    }

    private synchronized Runnable pollNext(RateLimit.Key counted) {
        var line = lines.get(counted);
        var next = line.waiting.poll();
        if (next == null && --line.underWay == 0) {
            lines.remove(counted);
        }
        return next;
    }
}
