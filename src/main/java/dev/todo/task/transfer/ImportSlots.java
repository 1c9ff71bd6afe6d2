package dev.todo.task.transfer;

import dev.todo.http.concurrency.TooManyRequests;
import dev.todo.http.idempotency.Idempotency;
import dev.todo.http.problem.Refusal;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Limits how many imports run on this replica, and each user to one, since they take memory and database time. */
@Singleton
class ImportSlots {

    private static final int SLOTS = 4;

    /** The idempotency key of each user's import; empty if it has none. */
    private final Map<UUID, String> taken = new HashMap<>();

    synchronized void take(UUID user, String idempotencyKey) {
        var key = idempotencyKey == null ? "" : idempotencyKey;
        var other = taken.get(user);
        if (other != null) {
            throw !key.isEmpty() && other.equals(key)
                    ? Idempotency.inProgress()
                    : new TooManyRequests("You already have an import in progress. Wait for it to finish.");
        }
        if (taken.size() == SLOTS) {
            throw Refusal.unavailable("Too many imports are in progress. Try again shortly.", 1);
        }
        taken.put(user, key);
    }

    synchronized void release(UUID user) {
        taken.remove(user);
    }
}
