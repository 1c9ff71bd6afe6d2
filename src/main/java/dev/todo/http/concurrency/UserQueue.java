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

    private final Queue<QueuedCall> waiting = new ArrayDeque<>();
    private final int maxRunning;
    private int running;
    private double averageMillis;

    UserQueue(int maxRunning) {
        this.maxRunning = maxRunning;
    }

    UserQueue add(QueuedCall queued) {
        if (waiting.isEmpty() && mayBegin()) {
            begin(queued);
        } else if (running + waiting.size() < MAX_CALLS) {
            waiting.add(queued);
            queued.state = QueuedCall.State.WAITING;
        }
        return this;
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
        } else if (queued.state == QueuedCall.State.RUNNING && isWorkOver) {
            if (!queued.isStream()) {
                // Of those that were worked on at the same time, each had a part of the time
                var millis = Math.min(MAX_MILLIS, queued.millisRunning() / running);
                averageMillis += WEIGHT_OF_LATEST * (millis - averageMillis);
            }
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
