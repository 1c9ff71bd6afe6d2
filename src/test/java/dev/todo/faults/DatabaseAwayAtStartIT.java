package dev.todo.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.EmbeddedPostgresResource;
import dev.todo.PackagedService;
import dev.todo.TodoClient;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database is unavailable when the service starts. */
@Tag("faults")
class DatabaseAwayAtStartIT {

    private final Map<String, String> environment = new HashMap<>();
    private FragileDatabase database;

    @BeforeEach
    void start() throws Exception {
        database = new FragileDatabase();
        environment.put("DATABASE_URL", database.url());
        environment.put("SHUTDOWN_DELAY", "PT0S");
    }

    @AfterEach
    void stop() throws Exception {
        RestAssured.reset();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gives_up_after_30_seconds_with_a_one_line_error(boolean isSilent) throws Exception {
        if (isSilent) {
            database.pause();
        } else {
            database.stop();
        }
        environment.put("JWT_SECRET", EmbeddedPostgresResource.JWT_SECRET);
        var start = System.nanoTime();
        var process = PackagedService.builder(environment).start();
        try {
            assertTrue(process.waitFor(50, TimeUnit.SECONDS), "still running");
            var errors = new String(process.getErrorStream().readAllBytes());

            assertTrue(System.nanoTime() - start > TimeUnit.SECONDS.toNanos(30));
            assertEquals(1, process.exitValue());
            assertEquals("", new String(process.getInputStream().readAllBytes()));
            assertEquals(1, errors.lines().count(), errors);
            assertTrue(errors.contains(" DATABASE_URL "), errors);
        } finally {
            process.destroyForcibly();
            if (isSilent) {
                database.resume();
            }
        }
    }

    @Test
    void waits_for_the_database_and_starts() throws Exception {
        database.stop();
        try (var service = PackagedService.start(environment)) {
            Thread.sleep(5_000);
            assertTrue(service.process().isAlive());

            database.start();

            service.awaitReady();
        }
    }

    @Test
    void starts_without_a_database_if_it_does_not_migrate() throws Exception {
        // Migrate first
        PackagedService.start(environment).awaitReady().close();
        database.stop();
        environment.put("MIGRATE_AT_START", "false");

        try (var service = PackagedService.start(environment)) {
            service.awaitHealth("live", 200, Duration.ofSeconds(30));
            assertEquals(503, service.health("ready"));
            RestAssured.port = service.port();
            TodoClient.signUp(TodoClient.freshEmail(), TodoClient.PASSWORD)
                    .then()
                    .statusCode(503);

            database.start();

            service.awaitHealth("ready", 200, Duration.ofSeconds(10));
            TodoClient.signedUp().list().then().statusCode(200);
        }
    }
}
