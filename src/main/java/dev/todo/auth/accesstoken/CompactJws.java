package dev.todo.auth.accesstoken;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A JWS in compact serialization (RFC 7515, section 7.1), decoded strictly: base64url without padding, and only one
 * encoding of each value, so that no token can be written in a second way.
 */
record CompactJws(byte[] signingInput, byte[] header, byte[] payload, byte[] signature) {

    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)");

    /** Throws IllegalArgumentException if the text is not in this form. */
    static CompactJws parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not three parts in base64url");
        }
        return new CompactJws(
                text.substring(0, parts.end(2)).getBytes(StandardCharsets.US_ASCII),
                decode(parts.group(1)),
                decode(parts.group(2)),
                decode(parts.group(3)));
    }

    private static byte[] decode(String part) {
        var bytes = Base64.getUrlDecoder().decode(part);
        // The decoder ignores the unused bits of the last character
        if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)) {
            throw new IllegalArgumentException("not canonical base64url");
        }
        return bytes;
    }
}
