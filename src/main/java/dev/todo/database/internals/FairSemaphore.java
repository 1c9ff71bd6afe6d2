package dev.todo.database.internals;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lets a number of callers through at a time, the others in the order in which they came, without holding a thread. */
final class FairSemaphore {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final int maxWaiting;
    private int permits;

    FairSemaphore(int permits, int maxWaiting) {
        this.permits = permits;
        this.maxWaiting = maxWaiting;
    }

    /** Runs this once it has a permit, perhaps at once; false if too many wait already. */
    boolean acquire(Runnable turn) {
        synchronized (this) {
            if (permits == 0) {
                return waiting.size() < maxWaiting && waiting.add(turn);
            }
            permits--;
        }
        turn.run();
        return true;
    }

    /** Gives a permit back and runs this with the next one, before all who wait. */
    void exchange(Runnable turn, Runnable release) {
        synchronized (this) {
            waiting.addFirst(turn);
        }
        release.run();
    }

    /** Frees the place of one who waits no longer; false if it has had its turn. */
    synchronized boolean giveUp(Runnable turn) {
        return waiting.remove(turn);
    }

    void release() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                permits++;
            }
        }
        if (next != null) {
            next.run();
        }
    }
}
