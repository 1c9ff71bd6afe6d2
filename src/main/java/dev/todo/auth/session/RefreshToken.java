package dev.todo.auth.session;

import dev.todo.digest.Sha256;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * A refresh token: 32 random bytes, base64url for the client. The database has their SHA-256 only, and the token that
 * followed sealed with the token before, so that a client who lost that answer can be given it again.
 */
record RefreshToken(byte[] bytes) {

    private static final int BYTES = 32;

    static RefreshToken random() {
        var bytes = new byte[BYTES];
        // A new one each time, because one in a field would be seeded by the build of the executable
        new SecureRandom().nextBytes(bytes);
        return new RefreshToken(bytes);
    }

    /** Empty for what can be no refresh token. */
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

    /** The successor, readable for whoever has this token; each token has one, so its pad is used once. */
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
