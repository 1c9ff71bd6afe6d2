package dev.todo.auth;

import dev.todo.digest.Sha256;
import dev.todo.settings.Settings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.keys.resolvers.VerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;

/** The keys that JWT_SECRET and JWT_PREVIOUS_SECRETS are, for HMAC with SHA-256: the first signs, all verify. */
@Singleton
class SigningKey implements VerificationKeyResolver {

    private final List<SecretKey> keys;
    private final Optional<String> id;

    SigningKey(Settings settings) {
        var previous = settings.jwtPreviousSecrets().orElse(List.of());
        this.keys = Stream.concat(Stream.of(settings.jwtSecret()), previous.stream())
                .map(SigningKey::key)
                .toList();
        this.id = previous.isEmpty() ? Optional.empty() : Optional.of(fingerprint(settings.jwtSecret()));
    }

    SecretKey current() {
        return keys.get(0);
    }

    /** Stands in the tokens' header as {@code kid} where there are several keys. */
    Optional<String> id() {
        return id;
    }

    /** Whichever key the signature is by: there are few, and {@code kid} is only what a client says. */
    @Override
    public Key resolveKey(JsonWebSignature token, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        for (var key : keys) {
            try {
                token.setKey(key);
                if (token.verifySignature()) {
                    return key;
                }
            } catch (JoseException e) {
                throw new UnresolvableKeyException("The signature cannot be verified", e);
            }
        }
        return current();
    }

    private static SecretKey key(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    private static String fingerprint(String secret) {
        var hash = Sha256.of(secret.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash).substring(0, 8);
    }
}
