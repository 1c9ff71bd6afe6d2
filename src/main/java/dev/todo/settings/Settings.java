package dev.todo.settings;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** What the service itself reads of its settings; {@link Environment} fills them in, the README explains them. */
@ConfigMapping(prefix = "todo")
public interface Settings {

    /** Signs access tokens and verifies them: UTF-8, 32 bytes at least. */
    String jwtSecret();

    String jwtIssuer();

    Duration jwtExpiresIn();

    /** The base-2 logarithm of bcrypt's rounds, 10 to 15. */
    int bcryptCost();

    DatabaseSettings database();

    /** Encryption of the reactive client's connections; the rest of DATABASE_URL goes straight to Quarkus. */
    interface DatabaseSettings {
        DatabaseUrl.SslMode sslMode();

        java.util.Optional<String> rootCertificate();
    }
}
