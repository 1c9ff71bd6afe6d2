package dev.todo.attempt;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Something that attempts are counted for, with the number of them that is let through. */
public record Counted(Limit limit, int most, Object... what) {

    /** SHA-256: short, whatever a client sends, and nobody's data in the table. */
    byte[] key() {
        var text = Arrays.stream(what).map(String::valueOf).collect(Collectors.joining("\0"));
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
