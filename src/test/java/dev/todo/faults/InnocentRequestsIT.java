package dev.todo.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.AtOnce;
import dev.todo.PackagedService;
import dev.todo.TodoClient;
import io.restassured.RestAssured;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Faults do not affect unrelated requests, neither during nor after the fault. */
@Tag("faults")
class InnocentRequestsIT {

    private static final int POOL_SIZE = 6;
    private static final Duration NOTICED = Duration.ofSeconds(5);

    private static FragileDatabase database;
    private static PackagedService service;

    private TodoClient alice;
    private TodoClient bob;

    @BeforeAll
    static void start() throws Exception {
        database = new FragileDatabase();
        service = PackagedService.start(Map.of(
                        "DATABASE_URL",
                        database.url() + "?sslmode=disable",
                        "DB_POOL_SIZE",
                        String.valueOf(POOL_SIZE),
                        "SHUTDOWN_DELAY",
                        "PT0S"))
                .awaitHealth("ready", 200, Duration.ofSeconds(90));
    }

    @AfterAll
    static void stop() throws Exception {
        RestAssured.reset();
        service.close();
        database.close();
    }

    @BeforeEach
    void signUp() {
        RestAssured.port = service.port();
        alice = TodoClient.signedUp();
        bob = TodoClient.signedUp();
    }

    @Test
    void cancelled_statements_do_not_break_other_requests() throws Exception {
        var milk = alice.add("Buy milk");
        var answers = new ConcurrentLinkedQueue<Integer>();
        try (var other = database.connect();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("select * from tasks for update");
            var end = System.nanoTime() + Duration.ofSeconds(13).toNanos();

            var stuck = keepDoing(POOL_SIZE / 2, end, () -> {
                try {
                    assertEquals(
                            503,
                            alice.change(milk, Map.of("title", "Buy bread")).statusCode());
                } catch (Exception e) {
                    // No response: the server was slow to confirm the cancellation
                }
            });
            var innocent = keepDoing(POOL_SIZE, end, () -> {
                answers.add(bob.create(Map.of("title", "Buy milk")).statusCode());
                answers.add(bob.list().statusCode());
            });
            join(stuck);
            join(innocent);
            other.rollback();
        }

        assertEquals(List.of(), answers.stream().filter(status -> status == 503).toList(), "of " + answers.size());
        assertEquals(answers.stream().filter(status -> status == 201).count(), (long)
                bob.stats().jsonPath().getLong("total"));
    }

    @Test
    void is_not_ready_while_the_database_is_read_only_and_fails_no_request_afterwards() throws Exception {
        warmUp();
        try (var connection = database.connect();
                var administrator = connection.createStatement()) {
            administrator.execute("alter system set default_transaction_read_only = on");
            administrator.execute("select pg_reload_conf()");

            service.awaitHealth("ready", 503, NOTICED);
            assertEquals(503, bob.create(Map.of("title", "Buy milk")).statusCode());
            assertEquals(200, service.health("live"));

            administrator.execute("alter system reset default_transaction_read_only");
            administrator.execute("select pg_reload_conf()");
        }
        service.awaitHealth("ready", 200, NOTICED);

        assertAllSucceed();
    }

    @Test
    void sessions_that_stay_read_only_fail_no_request() throws Exception {
        try (var connection = database.connect();
                var administrator = connection.createStatement()) {
            administrator.execute("alter database postgres set default_transaction_read_only = on");
            endConnections();
            warmUp();
            assertEquals(503, bob.create(Map.of("title", "Buy milk")).statusCode());
            assertEquals(503, service.health("ready"));

            administrator.execute("alter database postgres reset default_transaction_read_only");
        }
        service.awaitHealth("ready", 200, NOTICED);

        assertAllSucceed();
    }

    @Test
    void no_request_fails_after_a_database_restart() throws Exception {
        warmUp();

        database.stop();
        database.start();

        assertAllSucceed();
    }

    @Test
    void no_request_fails_after_a_database_crash() throws Exception {
        warmUp();

        database.kill();
        database.start();

        assertAllSucceed();
    }

    @Test
    void no_request_fails_after_a_database_pause() throws Exception {
        warmUp();

        database.pause();
        var answers = AtOnce.atOnce(2 * POOL_SIZE, number -> bob.list());
        database.resume();

        assertEquals(Map.of(503, 2L * POOL_SIZE), AtOnce.statuses(answers));
        assertAllSucceed();
    }

    /** Opens all connections of the pool. */
    private void warmUp() {
        AtOnce.atOnce(4 * POOL_SIZE, number -> bob.list());
    }

    private void assertAllSucceed() {
        var answers = AtOnce.atOnce(2 * POOL_SIZE, number -> bob.create(Map.of("title", "Buy milk")));
        assertEquals(Map.of(201, 2L * POOL_SIZE), AtOnce.statuses(answers));
    }

    private void endConnections() throws SQLException {
        try (var connection = database.connect();
                var end = connection.createStatement()) {
            end.execute(
                    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'todo-service'");
        }
    }

    private static List<CompletableFuture<Void>> keepDoing(int times, long end, Runnable call) {
        return IntStream.range(0, times)
                .mapToObj(number -> {
                    var thread = Executors.newSingleThreadExecutor();
                    var done = CompletableFuture.runAsync(
                            () -> {
                                while (System.nanoTime() < end) {
                                    call.run();
                                }
                            },
                            thread);
                    thread.shutdown();
                    return done;
                })
                .toList();
    }

    private static void join(List<CompletableFuture<Void>> all) {
        all.forEach(CompletableFuture::join);
    }
}
