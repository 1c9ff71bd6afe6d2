package dev.todo.http.paging;

import dev.todo.digest.Sha256;
import dev.todo.http.json.Rfc3339;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * The end of a page, opaque to clients: base64url of an 8-byte fingerprint of the list and the keys, and the sort keys
 * of the last row. A truncated cursor, or one of another list (another user, sort or filter), is rejected.
 */
public final class Cursor {

    private static final int FINGERPRINT_BYTES = 8;
    private static final String SEPARATOR = "\0";

    private Cursor() {}

    /** The cursor after the row with these sort keys, in the list that the scope describes. */
    public static String after(String scope, String... keys) {
        var text = String.join(SEPARATOR, keys).getBytes(StandardCharsets.UTF_8);
        var bytes = Arrays.copyOf(fingerprint(scope, text), FINGERPRINT_BYTES + text.length);
        System.arraycopy(text, 0, bytes, FINGERPRINT_BYTES, text.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The sort keys of a cursor; read them in order and with their types. */
    public static final class Keys {

        private final Iterator<String> rest;

        private Keys(List<String> keys) {
            rest = keys.iterator();
        }

        public String text() {
            if (!rest.hasNext()) {
                throw invalid();
            }
            return rest.next();
        }

        public Instant time() {
            return Rfc3339.parse(text());
        }

        public UUID id() {
            return UUID.fromString(text());
        }
    }

    /**
     * Reads a cursor's keys with the reader. Throws IllegalArgumentException if the cursor is not one of this list, or
     * if its keys are not those that the reader expects: anybody can make a cursor.
     */
    public static <T> T read(String scope, String cursor, Function<Keys, T> reader) {
        var keys = new Keys(keys(scope, cursor));
        T position;
        try {
            position = reader.apply(keys);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        if (keys.rest.hasNext()) {
            throw invalid();
        }
        return position;
    }

    private static List<String> keys(String scope, String cursor) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException e) {
            throw invalid();
        }
        if (bytes.length < FINGERPRINT_BYTES) {
            throw invalid();
        }
        var text = Arrays.copyOfRange(bytes, FINGERPRINT_BYTES, bytes.length);
        if (!Arrays.equals(fingerprint(scope, text), Arrays.copyOf(bytes, FINGERPRINT_BYTES))) {
            throw invalid();
        }
        return List.of(new String(text, StandardCharsets.UTF_8).split(SEPARATOR, -1));
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("is not a cursor of this list; take it from the `Link` header");
    }

    private static byte[] fingerprint(String scope, byte[] text) {
        var sha256 = Sha256.of((scope + SEPARATOR).getBytes(StandardCharsets.UTF_8), text);
        return Arrays.copyOf(sha256, FINGERPRINT_BYTES);
    }
}
