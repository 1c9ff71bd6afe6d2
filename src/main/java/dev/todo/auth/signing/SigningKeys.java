package dev.todo.auth.signing;

import dev.todo.config.Settings;
import dev.todo.digest.Sha256;
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
public final class SigningKeys {

    /** The length of a signature in bytes. */
    public static final int SIGNATURE_LENGTH = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKey> keys;

    private SigningKeys(Stream<byte[]> secrets) {
        this.keys = secrets.<SecretKey>map(secret -> new SecretKeySpec(secret, ALGORITHM))
                .toList();
    }

    /** The keys of access tokens. */
    public static SigningKeys of(Settings settings) {
        var previous = settings.jwtPreviousSecrets().orElse(List.of());
        return new SigningKeys(Stream.concat(Stream.of(settings.jwtSecret()), previous.stream())
                .map(secret -> secret.getBytes(StandardCharsets.UTF_8)));
    }

    /** Keys for another purpose, derived from these: what one signs, the other does not accept. */
    public SigningKeys derive(String purpose) {
        return new SigningKeys(keys.stream().map(key -> mac(key, purpose.getBytes(StandardCharsets.UTF_8))));
    }

    public SecretKey current() {
        return keys.get(0);
    }

    /** The {@code kid} in the tokens' header, if there are several keys. */
    public Optional<String> currentId() {
        return keys.size() == 1 ? Optional.empty() : Optional.of(fingerprint(current()));
    }

    public byte[] sign(byte[] input) {
        return mac(current(), input);
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

    private static String fingerprint(SecretKey key) {
        var hash = Sha256.of(key.getEncoded());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 8);
    }
}
