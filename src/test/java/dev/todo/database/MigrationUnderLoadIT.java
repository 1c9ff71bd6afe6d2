package dev.todo.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.OwnPostgres;
import dev.todo.PackagedService;
import dev.todo.TestDatabase;
import dev.todo.config.DatabaseUrl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Migrates the database of version 1.0 (migration 8) while that version serves its users. To run it with more tasks:
 * {@code -Dmigration.tasks=2000000}.
 */
class MigrationUnderLoadIT {

    private static final int TASKS = Integer.getInteger("migration.tasks", 200_000);
    private static final int USERS = 50;
    private static final Duration LONGEST_MIGRATION = Duration.ofMinutes(20);

    private static final String USER = "('00000000-0000-7000-8000-' || lpad((%s)::text, 12, '0'))::uuid";

    private OwnPostgres postgres;
    private String url;

    @BeforeEach
    void create_the_database_of_the_previous_release() throws Exception {
        postgres = new OwnPostgres();
        url = postgres.freshDatabase();
        var database = DatabaseUrl.parse("DATABASE_URL", url);
        Flyway.configure()
                .dataSource(database.jdbc(), database.user(), database.password())
                .locations("classpath:db/migration")
                .target("8")
                .load()
                .migrate();
    }

    private static void fill() {
        TestDatabase.executeAny("insert into users (id, email, hashed_password)"
                + " select " + USER.formatted("i") + ", 'user' || i || '@example.com', 'x'"
                + " from generate_series(0, " + (USERS - 1) + ") i");
        // Skip the events: the new version drops them, and writing them would take most of the time
        TestDatabase.executeAny("alter table tasks disable trigger user");
        TestDatabase.executeAny("insert into tasks (id, user_id, title, terms, created_at, updated_at)"
                + " select gen_random_uuid(), " + USER.formatted("i % " + USERS) + ", 'Task ' || i, '{}',"
                + " now() - i * interval '1 second', now() - i * interval '1 second'"
                + " from generate_series(1, " + TASKS + ") i");
        TestDatabase.executeAny("alter table tasks enable trigger user");
        TestDatabase.executeAny("insert into known_addresses (user_id, address, last_used_at)"
                + " select " + USER.formatted("i % " + USERS) + ", 'address ' || i, now() - i * interval '1 second'"
                + " from generate_series(1, " + TASKS / 4 + ") i");
    }

    @AfterEach
    void stop() throws Exception {
        postgres.close();
    }

    @Test
    void two_replicas_migrate_without_failing_a_write_of_the_previous_release() throws Exception {
        fill();
        var failures = new ConcurrentLinkedQueue<String>();
        var written = new AtomicInteger();
        var writers = Executors.newFixedThreadPool(4);
        try {
            IntStream.range(0, 4).forEach(number -> writers.submit(() -> write(number, written, failures)));
            var first = PackagedService.start(environment());
            var second = PackagedService.start(environment());
            try (first;
                    second) {
                first.awaitHealth("ready", 200, LONGEST_MIGRATION);
                second.awaitHealth("ready", 200, LONGEST_MIGRATION);
            }
        } finally {
            writers.shutdownNow();
            assertTrue(writers.awaitTermination(10, TimeUnit.SECONDS));
        }

        assertEquals(List.of(), List.copyOf(failures));
        assertTrue(written.get() > 100, "They should have written all the time: " + written);
        assertMigrated();
    }

    @Test
    void rebuilds_an_index_after_its_migration_was_killed() throws Exception {
        TestDatabase.executeAny("create index known_addresses_by_last_use on known_addresses (last_used_at)");
        TestDatabase.execute("update pg_index set indisvalid = false"
                + " where indexrelid = 'known_addresses_by_last_use'::regclass");
        // What Flyway records if it could not build an index
        TestDatabase.execute("insert into flyway_schema_history (installed_rank, version, description, type, script,"
                + " checksum, installed_by, execution_time, success) values (99, '14', 'find old addresses', 'SQL',"
                + " 'V14__find_old_addresses.sql', 0, 'test', 0, false)");

        try (var service = PackagedService.start(environment())) {
            service.awaitHealth("ready", 200, LONGEST_MIGRATION);
        }

        assertMigrated();
    }

    private Map<String, String> environment() {
        return Map.of("DATABASE_URL", url, "SHUTDOWN_DELAY", "PT0S");
    }

    private static void assertMigrated() {
        assertEquals("0", TestDatabase.text("select count(*) from pg_index where not indisvalid"));
        assertEquals(
                "1",
                TestDatabase.text(
                        "select count(*) from flyway_schema_history where version = ? and success",
                        String.valueOf(MigrationFiles.NEWEST)));
    }

    /** Adds a task, changes it, logs in and refreshes, repeatedly and with a statement timeout. */
    private static void write(int number, AtomicInteger written, Queue<String> failures) {
        var user = USER.formatted(number);
        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement()) {
            statement.execute("set statement_timeout = '2s'");
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    statement.execute("insert into tasks (id, user_id, title, terms) select gen_random_uuid(), " + user
                            + ", 'New', '{}' from pg_advisory_xact_lock(1953654113, hashtext(" + user + "::text))");
                    statement.execute("update tasks set title = 'Changed', version = version + 1, updated_at = now()"
                            + " where id = (select id from tasks where user_id = " + user
                            + " and deleted_at is null order by created_at desc, id desc limit 1)");
                    statement.execute("insert into known_addresses (user_id, address) values (" + user + ", 'here')"
                            + " on conflict (user_id, address) do update set last_used_at = now()");
                    statement.execute("update users set last_login_at = now() where id = " + user);
                    statement.execute("with session as (insert into sessions (id, user_id, expires_at)"
                            + " values (gen_random_uuid(), " + user + ", now() + interval '30 days') returning id)"
                            + " insert into refresh_tokens (hash, session_id)"
                            + " select sha256(id::text::bytea), id from session");
                    statement.execute("with session as (update sessions set last_used_at = now() where id ="
                            + " (select id from sessions where user_id = " + user
                            + " order by created_at desc limit 1) returning id) update refresh_tokens"
                            + " set spent_at = now() where session_id = (select id from session)");
                    written.addAndGet(6);
                    Thread.sleep(5);
                } catch (SQLException e) {
                    failures.add(String.valueOf(e.getMessage()));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            failures.add(String.valueOf(e.getMessage()));
        }
    }
}
