package dev.todo.auth.ratelimit;

/** Where one kind of attempt stands in its window. */
record RateLimitState(int counted, int secondsLeft) {}
