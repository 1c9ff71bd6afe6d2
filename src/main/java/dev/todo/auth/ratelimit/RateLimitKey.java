package dev.todo.auth.ratelimit;

import dev.todo.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Something that attempts are counted for, with the number of them that is let through. */
public record RateLimitKey(RateLimit limit, int max, List<?> what) {

    /** SHA-256: short, whatever a client sends, and nobody's data in the table. */
    byte[] key() {
        var text = what.stream().map(String::valueOf).collect(Collectors.joining("\0"));
        return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
    }
}
