package dev.todo.http.concurrency;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** The calls of one user: some are worked on, the others wait. Used by one thread at a time, under its key in a map. */
final class UserQueue {

    private static final int MAX_CALLS = 100;

    /** As much work of one user as another's call may find before it: the more each call takes, the fewer at a time. */
    private static final double MILLIS_AT_WORK = 8;

    /** What waited for a lock says little of what the next one will take. */
    private static final double MAX_MILLIS = 50;

    private static final double WEIGHT_OF_LATEST = 0.25;

    /** Of the time that a call took, if many others of its user wait. */
    private static final int MAX_REST_RATIO = 4;

    /** A few calls at once are no flood, and when everybody is slow their time says little about them. */
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
     * Stops a call and returns how many milliseconds its place is to rest, so that a user who sends more than is worked on
     * leaves most of the time to others: the longer, the more calls wait.
     */
    long rest(QueuedCall queued) {
        if (queued.state != QueuedCall.State.RUNNING || queued.isStream()) {
            return 0;
        }
        var millis = (long) (Math.min(MAX_REST_RATIO, waiting.size() / WAITING_PER_REST) * share(queued));
        if (millis > 0) {
            queued.state = QueuedCall.State.RESTING;
            resting++;
        }
        return millis;
    }

    /**
     * The places whose turn it is now. Leaving twice does nothing; nor does leaving before the work is over. If the database
     * was away, nobody waits for the others to find that out: each is to be answered within five seconds.
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

    /** Of calls that run at the same time, each has a part of the time. */
    private double share(QueuedCall queued) {
        return Math.min(MAX_MILLIS, queued.stop() / running);
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
