package dev.todo.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.EmbeddedPostgresResource;
import dev.todo.OwnPostgres;
import dev.todo.PackagedService;
import dev.todo.TestDatabase;
import dev.todo.config.DatabaseUrl;
import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version that starts migrates the database to the tables it needs. */
class MigrationIT {

    private OwnPostgres postgres;
    private Map<String, String> environment;

    @BeforeEach
    void create_the_tables_of_the_previous_version() throws Exception {
        postgres = new OwnPostgres();
        environment = new HashMap<>(Map.of("DATABASE_URL", postgres.freshDatabase(), "SHUTDOWN_DELAY", "PT0S"));
        var database = DatabaseUrl.parse("DATABASE_URL", environment.get("DATABASE_URL"));
        var flyway = Flyway.configure();
        new NonBlockingMigrations().customize(flyway);
        flyway.dataSource(database.jdbc(), database.user(), database.password())
                .locations("classpath:db/migration")
                .target(String.valueOf(MigrationFiles.NEWEST - 1))
                .load()
                .migrate();
        assertFalse(isMigrated());
    }

    @AfterEach
    void stop() throws Exception {
        postgres.close();
    }

    @Test
    void applies_missing_migrations_and_starts_again_without_any() throws Exception {
        start();
        assertTrue(isMigrated());

        start();
    }

    @Test
    void an_older_version_starts_on_newer_tables() throws Exception {
        start();
        TestDatabase.execute("insert into flyway_schema_history select installed_rank + 1, '999', 'later', type, "
                + "'V999__later.sql', checksum, installed_by, installed_on, execution_time, success "
                + "from flyway_schema_history order by installed_rank desc limit 1");

        start();
    }

    @Test
    void waiting_for_a_migration_succeeds_once_it_is_done() throws Exception {
        var waiting = new HashMap<>(environment);
        waiting.putAll(Map.of(
                "JWT_SECRET", EmbeddedPostgresResource.JWT_SECRET,
                "QUARKUS_FLYWAY_MIGRATION_MIGRATE_AT_START", "false",
                "QUARKUS_FLYWAY_MIGRATION_VALIDATE_AT_START", "true",
                "QUARKUS_INIT_AND_EXIT", "true"));

        assertNotEquals(0, exitValue(waiting));
        assertFalse(isMigrated());

        start();
        assertEquals(0, exitValue(waiting));
    }

    private void start() throws Exception {
        PackagedService.start(environment).awaitReady().close();
    }

    private static int exitValue(Map<String, String> environment) throws Exception {
        var process = PackagedService.builder(environment)
                .redirectErrorStream(true)
                .redirectOutput(new File("target/migration.log"))
                .start();
        try {
            assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it should have ended");
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isMigrated() throws Exception {
        try (var connection = TestDatabase.connect();
                var query = connection.prepareStatement("select from flyway_schema_history where version = ?")) {
            query.setString(1, String.valueOf(MigrationFiles.NEWEST));
            return query.executeQuery().next();
        }
    }
}
