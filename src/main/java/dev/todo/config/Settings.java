package dev.todo.config;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service's own settings. {@link Environment} provides them, docs/configuration.md documents them. */
@ConfigMapping(prefix = "todo")
public interface Settings {

    /** Signs access tokens and verifies them: UTF-8, 32 bytes at least. */
    String jwtSecret();

    String jwtIssuer();

    /** Keys of JWT_SECRETs past: they verify, but sign nothing. */
    Optional<List<String>> jwtPreviousSecrets();

    Duration jwtExpiresIn();

    /** How long a session lasts after its access token was renewed last. */
    Duration refreshExpiresIn();

    /** Whether attempts are limited. */
    boolean rateLimits();

    /** IP addresses and CIDR ranges whose forwarding headers count. */
    Optional<List<String>> trustedProxies();

    /** Origins, besides our own, whose pages may use the API with credentials. */
    Optional<List<String>> corsOrigins();

    /** The base-2 logarithm of bcrypt's rounds, 10 to 15. */
    int bcryptCost();

    /** How many tasks a user can have, counting those in the trash. */
    int tasksPerUser();

    /** The first administrator, where one is to be made. */
    Optional<AdminSettings> admin();

    interface AdminSettings {
        String email();

        String password();
    }

    /** Where traces go: the base of an OTLP receiver over HTTP. None where it is missing. */
    Optional<URI> otlpEndpoint();

    DatabaseSettings database();

    /** Encryption of the reactive client's connections; the rest of DATABASE_URL goes straight to Quarkus. */
    interface DatabaseSettings {
        DatabaseUrl.SslMode sslMode();

        Optional<String> rootCertificate();
    }
}
