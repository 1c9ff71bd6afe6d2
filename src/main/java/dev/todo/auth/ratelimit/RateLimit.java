package dev.todo.auth.ratelimit;

import dev.todo.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

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
    public Key of(Object... what) {
        return new Key(this, max, Arrays.asList(what));
    }

    /** Counts as {@link #of} does, and lets everything through. */
    public Key unlimited(Object... what) {
        return new Key(this, Integer.MAX_VALUE, Arrays.asList(what));
    }

    /** Something that attempts are counted for, with the number of them that is let through. */
    public record Key(RateLimit limit, int max, List<?> what) {

        /** SHA-256: short, whatever a client sends, and nobody's data in the table. */
        byte[] key() {
            var text = what.stream().map(String::valueOf).collect(Collectors.joining("\0"));
            return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
