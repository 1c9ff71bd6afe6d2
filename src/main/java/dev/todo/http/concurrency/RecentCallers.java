package dev.todo.http.concurrency;

import jakarta.inject.Singleton;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Tracks who called last, so that one user's load is throttled only if it would delay somebody else. */
@Singleton
class RecentCallers {

    private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile Calls latest = new Calls(null, 0, System.nanoTime() - RECENT_NANOS);

    /**
     * @param user the last caller
     * @param time when they called
     * @param timeOfOthers when anybody else last called
     */
    private record Calls(UUID user, long time, long timeOfOthers) {

        long timeOfOthersThan(UUID somebody) {
            return user == null || user.equals(somebody) ? timeOfOthers : time;
        }
    }

    // Two calls at the same moment may overwrite each other; the next call corrects that
    void add(UUID user) {
        latest = new Calls(user, System.nanoTime(), latest.timeOfOthersThan(user));
    }

    /** Whether anybody but this user has called within the last second. */
    boolean includeOthersThan(UUID user) {
        return System.nanoTime() - latest.timeOfOthersThan(user) < RECENT_NANOS;
    }
}
