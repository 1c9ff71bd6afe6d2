package dev.todo.auth;

import dev.todo.settings.Settings;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The key that JWT_SECRET is, for HMAC with SHA-256. */
@Singleton
class SigningKey {

    private final SecretKey key;

    SigningKey(Settings settings) {
        this.key = new SecretKeySpec(settings.jwtSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    SecretKey current() {
        return key;
    }
}
