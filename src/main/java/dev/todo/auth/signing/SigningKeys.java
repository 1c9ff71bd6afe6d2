package dev.todo.auth.signing;

import dev.todo.config.Settings;
import dev.todo.digest.Sha256;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The keys from JWT_SECRET and JWT_PREVIOUS_SECRETS, for HMAC with SHA-256: the first signs, all verify. */
@Singleton
public class SigningKeys {

    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKey> keys;
    private final Optional<String> id;

    SigningKeys(Settings settings) {
        var previous = settings.jwtPreviousSecrets().orElse(List.of());
        this.keys = Stream.concat(Stream.of(settings.jwtSecret()), previous.stream())
                .map(SigningKeys::key)
                .toList();
        this.id = previous.isEmpty() ? Optional.empty() : Optional.of(fingerprint(settings.jwtSecret()));
    }

    public SecretKey current() {
        return keys.get(0);
    }

    /** The {@code kid} in the tokens' header, if there are several keys. */
    public Optional<String> currentId() {
        return id;
    }

    /** Whether one of the keys made the signature. Tries all: there are few, and {@code kid} is not trustworthy. */
    public boolean isSignatureValid(byte[] input, byte[] signature) {
        return keys.stream().anyMatch(key -> MessageDigest.isEqual(mac(key, input), signature));
    }

    private static byte[] mac(SecretKey key, byte[] input) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            // Every Java platform supports it
            throw new IllegalStateException(e);
        }
    }

    private static SecretKey key(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    private static String fingerprint(String secret) {
        var hash = Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 8);
    }
}
