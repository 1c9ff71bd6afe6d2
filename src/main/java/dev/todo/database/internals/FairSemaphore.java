package dev.todo.database.internals;

import java.util.ArrayDeque;
import java.util.Deque;

/** Admits a limited number of callers at a time and the others in the order of arrival, without blocking threads. */
final class FairSemaphore {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final int maxWaiting;
    private int permits;

    FairSemaphore(int permits, int maxWaiting) {
        this.permits = permits;
        this.maxWaiting = maxWaiting;
    }

    /** Takes a permit if one is free; then nobody is waiting. */
    synchronized boolean tryAcquire() {
        if (permits == 0) {
            return false;
        }
        permits--;
        return true;
    }

    /** Runs this when it has a permit, possibly immediately; returns false if too many callers are waiting. */
    boolean acquire(Runnable turn) {
        synchronized (this) {
            if (!tryAcquire()) {
                return waiting.size() < maxWaiting && waiting.add(turn);
            }
        }
        turn.run();
        return true;
    }

    /** Releases a permit and runs this with the next one, ahead of all waiting callers. */
    void exchange(Runnable turn, Runnable release) {
        synchronized (this) {
            waiting.addFirst(turn);
        }
        release.run();
    }

    /** Removes a caller from the queue; returns false if it has had its turn. */
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
