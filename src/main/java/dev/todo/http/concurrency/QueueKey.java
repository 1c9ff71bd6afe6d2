package dev.todo.http.concurrency;

import java.util.UUID;

/** Identifies a queue. Each user has two: one for calls on tasks, one for all others. */
record QueueKey(UUID user, boolean isOnTasks) {}
