package dev.todo.auth.ratelimit;

import dev.todo.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The maximum number of attempts of a kind in a time window. */
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

    /** The key to count attempts for, such as an address. */
    public Key of(Object... what) {
        return new Key(this, max, Arrays.asList(what));
    }

    /** Like {@link #of}, but admits all attempts. */
    public Key unlimited(Object... what) {
        return new Key(this, Integer.MAX_VALUE, Arrays.asList(what));
    }

    /** What attempts are counted for, and how many are admitted. */
    public record Key(RateLimit limit, int max, List<?> what) {

        /** SHA-256: short for input of any length, and keeps personal data out of the table. */
        byte[] key() {
            var text = what.stream().map(String::valueOf).collect(Collectors.joining("\0"));
            return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
