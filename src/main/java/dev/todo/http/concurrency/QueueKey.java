package dev.todo.http.concurrency;

import java.util.UUID;

/** Each user has two queues: one for calls on tasks, one for all others. */
record QueueKey(UUID user, boolean isOnTasks) {}
