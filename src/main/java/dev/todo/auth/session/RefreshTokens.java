package dev.todo.auth.session;

import dev.todo.auth.signing.SigningKeys;
import dev.todo.config.Settings;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes and reads refresh tokens as clients have them: session and generation, signed, in base64url. The database has
 * none of them, and nobody can make one up.
 */
@Singleton
public class RefreshTokens {

    private static final int LENGTH = RefreshToken.LENGTH + SigningKeys.SIGNATURE_LENGTH;

    private final SigningKeys keys;
    private final LegacyRefreshTokens legacy;

    RefreshTokens(Settings settings, LegacyRefreshTokens legacy) {
        this.keys = SigningKeys.of(settings).derive("refresh token");
        this.legacy = legacy;
    }

    String write(RefreshToken token) {
        var content = token.bytes();
        var signed = ByteBuffer.allocate(LENGTH).put(content).put(keys.sign(content));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(signed.array());
    }

    /**
     * A token that was issued here, although it may be spent and its session may have ended; fails with
     * {@link InvalidRefreshToken}.
     */
    public Uni<RefreshToken> read(String text) {
        var bytes = decode(text);
        return bytes.length == LegacyRefreshTokens.LENGTH
                ? legacy.find(bytes)
                : Uni.createFrom().item(() -> verify(bytes));
    }

    private RefreshToken verify(byte[] signed) {
        if (signed.length == LENGTH) {
            var content = Arrays.copyOf(signed, RefreshToken.LENGTH);
            if (keys.isSignatureValid(content, Arrays.copyOfRange(signed, RefreshToken.LENGTH, LENGTH))) {
                return RefreshToken.of(content);
            }
        }
        throw new InvalidRefreshToken();
    }

    /** Empty if the text is not base64url. */
    private static byte[] decode(String text) {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }
}
