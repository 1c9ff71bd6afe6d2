package dev.todo.auth.ratelimit;

/** The attempts of a kind that count in the current window, and the time until it ends. */
record RateLimitState(int counted, int secondsLeft) {}
