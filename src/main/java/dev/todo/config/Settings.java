package dev.todo.config;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The service's own settings, provided by {@link Environment} and documented in docs/configuration.md. */
@ConfigMapping(prefix = "todo")
public interface Settings {

    /** Signs and verifies access and refresh tokens; at least 32 bytes in UTF-8. */
    String jwtSecret();

    String jwtIssuer();

    /** Previous values of JWT_SECRET: they verify tokens, but sign none. */
    Optional<List<String>> jwtPreviousSecrets();

    Duration jwtExpiresIn();

    /** How long a session lasts after its last refresh. */
    Duration refreshExpiresIn();

    /** Whether rate limits apply. */
    boolean rateLimits();

    /** IP addresses and CIDR ranges of proxies whose forwarding headers are trusted. */
    Optional<List<String>> trustedProxies();

    /**
     * Where people reach the service, as browsers write it and without a slash at the end. If it has a path, all paths
     * that clients see begin with it.
     */
    Optional<URI> publicUrl();

    /** Origins, besides the service's own, whose pages may call the API with credentials. */
    Optional<List<String>> corsOrigins();

    /** The base-2 logarithm of the number of bcrypt rounds, 10 to 15. */
    int bcryptCost();

    /** The maximum number of tasks per user, including those in the trash. */
    int tasksPerUser();

    /** The first administrator to create, if configured. */
    Optional<AdminSettings> admin();

    interface AdminSettings {
        String email();

        String password();
    }

    /** The base URL of an OTLP/HTTP receiver for traces; without it, there are no traces. */
    Optional<URI> otlpEndpoint();
}
