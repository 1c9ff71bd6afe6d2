package dev.todo.auth.session;

import dev.todo.digest.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A refresh token: 32 random bytes, in base64url for the client. The database stores only their SHA-256, and the next
 * token encrypted with this one, so that a client that lost a response can get that token again.
 */
record RefreshToken(byte[] bytes) {

    private static final int BYTES = 32;

    static RefreshToken random() {
        var bytes = new byte[BYTES];
        // Not a constant, which the native executable would seed at build time
        new SecureRandom().nextBytes(bytes);
        return new RefreshToken(bytes);
    }

    /** Empty if the text cannot be a refresh token. */
    static Optional<RefreshToken> parse(String text) {
        try {
            return Optional.of(Base64.getUrlDecoder().decode(text))
                    .filter(bytes -> bytes.length == BYTES)
                    .map(RefreshToken::new);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String text() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Buffer hash() {
        return Buffer.buffer(sha256(""));
    }

    /** Encrypts the successor with this token. Each token has only one successor, so its pad is used once. */
    Buffer seal(RefreshToken successor) {
        return Buffer.buffer(xorWithPad(successor.bytes));
    }

    RefreshToken unseal(Buffer sealed) {
        return new RefreshToken(xorWithPad(sealed.getBytes()));
    }

    private byte[] xorWithPad(byte[] data) {
        var pad = sha256("successor");
        for (var i = 0; i < BYTES; i++) {
            pad[i] ^= data[i];
        }
        return pad;
    }

    private byte[] sha256(String purpose) {
        return Sha256.of(purpose.getBytes(StandardCharsets.US_ASCII), bytes);
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "RefreshToken";
    }
}
