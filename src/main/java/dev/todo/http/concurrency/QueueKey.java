package dev.todo.http.concurrency;

import java.util.UUID;

/** Identifies a queue. Each user has two: one for calls on tasks, one for all others. */
record QueueKey(UUID user, boolean isOnTasks) {

    // Not the generated method: the native executable interprets it, and each call compares several keys
    @Override
    public boolean equals(Object other) {
        return other instanceof QueueKey key && isOnTasks == key.isOnTasks && user.equals(key.user);
    }

    @Override
    public int hashCode() {
        return user.hashCode() + Boolean.hashCode(isOnTasks);
    }
}
