package dev.todo.http.concurrency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** One user's calls: some run, the others wait. Only one thread uses it at a time, under the lock of its map entry. */
final class UserQueue {

    private static final int MAX_CALLS = 100;

    /**
     * How much work of one user another user's call may have to wait for: the longer calls take, the fewer run at a
     * time.
     */
    private static final double MILLIS_AT_WORK = 8;

    /** Caps outliers: a call that waited for a lock says little about the next one. */
    private static final double MAX_MILLIS = 50;

    private static final double WEIGHT_OF_LATEST = 0.25;

    /** Relative to the duration of the call, if many others of the user wait. */
    private static final int MAX_REST_RATIO = 4;

    /**
     * For each active user. A few parallel calls are not a flood, and if many users are active, it is not one user that
     * makes the others wait.
     */
    private static final int WAITING_PER_REST = 2;

    private final Queue<QueuedCall> waiting = new ArrayDeque<>();
    private final int maxRunning;
    private int running;
    private int resting;
    private double averageMillis;

    UserQueue(int maxRunning) {
        this.maxRunning = maxRunning;
    }

    UserQueue add(QueuedCall queued) {
        if (waiting.isEmpty() && mayBegin()) {
            begin(queued);
        } else if (running - resting + waiting.size() < MAX_CALLS) {
            waiting.add(queued);
            queued.state = QueuedCall.State.WAITING;
        }
        return this;
    }

    /**
     * Stops a call and returns for how many milliseconds its place rests. So a user who sends more than can be
     * processed leaves most of the time to others: the more calls wait compared to the number of active users, the
     * longer the rest.
     */
    long rest(QueuedCall queued, int activeUsers) {
        if (queued.state != QueuedCall.State.RUNNING || queued.isStream()) {
            return 0;
        }
        var ratio = Math.min(MAX_REST_RATIO, waiting.size() / (WAITING_PER_REST * activeUsers));
        var millis = (long) (ratio * duration(queued));
        if (millis > 0) {
            queued.state = QueuedCall.State.RESTING;
            resting++;
        }
        return millis;
    }

    /**
     * Removes a call and returns those whose turn it is now. Does nothing if the call has already left or its work is
     * not over. If the database was unavailable, all waiting calls start at once instead of finding out one by one:
     * each has to get its response within five seconds.
     */
    List<QueuedCall> remove(QueuedCall queued, boolean isWorkOver, boolean isDatabaseUnavailable) {
        var next = new ArrayList<QueuedCall>(1);
        if (queued.state == QueuedCall.State.WAITING) {
            waiting.remove(queued);
            queued.giveUp();
        } else if (queued.state == QueuedCall.State.RESTING || queued.state == QueuedCall.State.RUNNING && isWorkOver) {
            if (!queued.isStream()) {
                averageMillis += WEIGHT_OF_LATEST * (share(queued) - averageMillis);
            }
            resting -= queued.state == QueuedCall.State.RESTING ? 1 : 0;
            running--;
            while (!waiting.isEmpty() && (isDatabaseUnavailable || mayBegin())) {
                next.add(begin(waiting.remove()));
            }
        } else {
            return next;
        }
        queued.state = QueuedCall.State.LEFT;
        return next;
    }

    /** Calls that run in parallel each get a share of the elapsed time. */
    private double share(QueuedCall queued) {
        return Math.min(MAX_MILLIS, queued.stop() / running);
    }

    private static double duration(QueuedCall queued) {
        return Math.min(MAX_MILLIS, queued.stop());
    }

    boolean isEmpty() {
        return running == 0;
    }

    private boolean mayBegin() {
        return running == 0 || running < maxRunning && (running + 1) * averageMillis <= MILLIS_AT_WORK;
    }

    private QueuedCall begin(QueuedCall queued) {
        running++;
        queued.start();
        return queued;
    }
}
