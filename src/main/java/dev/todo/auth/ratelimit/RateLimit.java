package dev.todo.auth.ratelimit;

import java.util.Arrays;

/** How many attempts of a kind are let through in a window of time. */
public enum RateLimit {
    LOGIN("login", 5, 15 * 60),
    LOGIN_FROM_ADDRESS("login-address", 50, 15 * 60),
    LOGIN_TO_ACCOUNT("login-account", 100, 60 * 60),
    CURRENT_PASSWORD("current-password", 5, 15 * 60),
    SIGN_UP("signup", 20, 60 * 60),
    REFRESH("refresh", 30, 60);

    final String kind;
    final int max;
    final int windowSeconds;

    RateLimit(String kind, int max, int windowSeconds) {
        this.kind = kind;
        this.max = max;
        this.windowSeconds = windowSeconds;
    }

    /** What is counted under this limit, such as an address. */
    public RateLimitKey of(Object... what) {
        return new RateLimitKey(this, max, Arrays.asList(what));
    }

    /** Counts as {@link #of} does, and lets everything through. */
    public RateLimitKey unlimited(Object... what) {
        return new RateLimitKey(this, Integer.MAX_VALUE, Arrays.asList(what));
    }
}
