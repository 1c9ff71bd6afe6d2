package dev.todo.faults;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.PackagedService;
import dev.todo.RawHttp;
import dev.todo.TodoClient;
import dev.todo.faults.Load.Answer;
import dev.todo.task.events.EventReader;
import io.restassured.RestAssured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Database faults: 503 within five seconds, no acknowledged change is lost, and recovery needs no restart. */
@Tag("faults")
class DatabaseFaultsIT {

    private static final int POOL_SIZE = 5;
    private static final Duration PROMISED = Duration.ofSeconds(5);
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    enum Fault {
        STOPPED {
            @Override
            void inject(FragileDatabase database) throws Exception {
                database.stop();
            }
        },
        PAUSED {
            @Override
            void inject(FragileDatabase database) throws Exception {
                database.pause();
            }

            @Override
            void repair(FragileDatabase database) throws Exception {
                database.resume();
            }
        },
        KILLED {
            @Override
            void inject(FragileDatabase database) throws Exception {
                database.kill();
            }
        };

        abstract void inject(FragileDatabase database) throws Exception;

        void repair(FragileDatabase database) throws Exception {
            database.start();
        }
    }

    private FragileDatabase database;
    private PackagedService service;
    private TodoClient alice;

    @BeforeEach
    void start() throws Exception {
        database = new FragileDatabase();
        service = PackagedService.start(Map.of(
                        "DATABASE_URL",
                        database.url(),
                        "DB_POOL_SIZE",
                        String.valueOf(POOL_SIZE),
                        "SHUTDOWN_DELAY",
                        "PT0S"))
                .awaitReady();
        RestAssured.port = service.port();
        alice = TodoClient.signedUp();
    }

    @AfterEach
    void stop() throws Exception {
        RestAssured.reset();
        try {
            service.close();
        } finally {
            database.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void answers_503_during_an_outage_under_load_and_recovers_within_ten_seconds(Fault fault) throws Exception {
        List<Answer> answers;
        long away;
        long back;
        try (var load = Load.on(service.port(), alice, 50)) {
            Thread.sleep(3_000);
            fault.inject(database);
            away = System.nanoTime();
            Thread.sleep(OUTAGE.toMillis() / 2);
            assertEquals(503, service.health("ready"));
            assertEquals(200, service.health("live"));
            Thread.sleep(OUTAGE.toMillis() / 2);
            back = System.nanoTime();
            fault.repair(database);
            Thread.sleep(RECOVERY.plusSeconds(5).toMillis());
            answers = load.end();
        }

        assertAll(
                () -> none(
                        answers,
                        // At most 100 requests of a user may wait
                        answer -> !Set.of(200, 201, 429, 503).contains(answer.status())
                                // The outcome of a write in progress when the fault begins is unknown
                                && !(answer.isMissing() && answer.sent() < away)),
                () -> none(answers, answer -> answer.status() == 503 && !answer.isProblemOfTheDatabase()),
                () -> none(answers, answer -> answer.took().compareTo(PROMISED) > 0),
                () -> assertEquals(List.of(), refusedAndStored(answers)),
                () -> none(
                        answers,
                        answer -> answer.sent() > away
                                && answer.answered() < back
                                && !Set.of(429, 503).contains(answer.status())),
                () -> none(answers, answer -> answer.sent() > back + RECOVERY.toNanos() && answer.status() > 201),
                () -> assertEquals(200, service.health("ready")),
                () -> assertEquals(List.of(), lost(answers)),
                this::assertNothingLeaked);
    }

    @Test
    void does_not_leak_connections_when_requests_time_out_while_acquiring_one() throws Exception {
        try (var load = Load.on(service.port(), alice, 60)) {
            // Around the 1.5 seconds that a request waits for a connection
            for (var pause = 1_250; pause <= 1_750; pause += 50) {
                Thread.sleep(1_000);
                database.pause();
                Thread.sleep(pause);
                database.resume();
            }
            load.end();
        }
        assertNothingLeaked();
    }

    @Test
    void cancels_statements_stuck_behind_a_lock_on_the_server_too() throws Exception {
        var milk = alice.add("Buy milk");
        try (var other = database.connect();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("select * from tasks for update");

            var answers = inParallel(
                    4 * POOL_SIZE,
                    () -> alice.change(milk, Map.of("title", "Buy bread")).statusCode());

            assertEquals(Set.of(503), Set.copyOf(answers));
            assertEquals(0, database.connections("active"));
            alice.me().then().statusCode(200);
            other.rollback();
        }
        alice.change(milk, Map.of("title", "Buy bread")).then().statusCode(200);
        assertNothingLeaked();
    }

    @Test
    void an_event_stream_survives_a_failed_query() throws Exception {
        try (var events = EventReader.of(alice)) {
            assertNotNull(events.nextComment(10));
            try (var other = database.connect();
                    var lock = other.createStatement();
                    var another = database.connect();
                    var notify = another.createStatement()) {
                other.setAutoCommit(false);
                lock.execute("lock table tasks in access exclusive mode");
                notify.execute("select pg_notify('task_changes', '" + alice.id() + "')");
                // Longer than the statement timeout
                Thread.sleep(4_000);
                other.rollback();
            }

            alice.add("Buy milk");

            assertEquals("Buy milk", events.nextWithin(10).data().getString("title"));
        }
    }

    @Test
    void does_not_leak_connections_when_clients_hang_up() throws Exception {
        var milk = alice.add("Buy milk");
        try (var other = database.connect();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("select * from tasks for update");
            for (var i = 0; i < 2 * POOL_SIZE; i++) {
                try (var client = RawHttp.begin(
                        "PATCH /tasks/" + milk + "/complete", "Authorization: Bearer " + alice.token() + "\r\n")) {
                    Thread.sleep(300);
                }
            }
            other.rollback();
        }
        Thread.sleep(PROMISED.toMillis());
        assertNothingLeaked();
    }

    @Test
    void serves_the_first_request_after_a_database_restart() throws Exception {
        inParallel(POOL_SIZE, () -> alice.list().statusCode());

        database.stop();
        database.start();

        alice.list().then().statusCode(200);
    }

    private void assertNothingLeaked() throws Exception {
        var answers = inParallel(4 * POOL_SIZE, () -> alice.list().statusCode());
        assertEquals(Set.of(200), Set.copyOf(answers));
        // The server ends connections shortly after the service closes them
        for (var i = 0; i < 40 && database.connections("%") > POOL_SIZE; i++) {
            Thread.sleep(50);
        }
        assertTrue(database.connections("%") <= POOL_SIZE, "connections: " + database.connections("%"));
        assertEquals(0, database.connections("idle in transaction%"));
    }

    /** Tasks that the service acknowledged but does not have. */
    private List<String> lost(List<Answer> answers) {
        var lost = new ArrayList<String>();
        var written = answers.stream().filter(answer -> answer.status() == 201).toList();
        assertFalse(written.isEmpty());
        for (var answer : written) {
            if (alice.get(answer.task()).statusCode() != 200) {
                lost.add(answer.task());
            }
        }
        return lost;
    }

    /** Describes stored tasks beyond the acknowledged and unanswered ones, if there are any. */
    private List<String> refusedAndStored(List<Answer> answers) {
        var stored = alice.stats().jsonPath().getLong("total");
        var acknowledged =
                answers.stream().filter(answer -> answer.status() == 201).count();
        var missing = answers.stream().filter(Answer::isMissing).count();
        return stored <= acknowledged + missing
                ? List.of()
                : List.of(stored + " stored, " + acknowledged + " acknowledged, " + missing + " not answered");
    }

    private interface Call {
        int status();
    }

    private static List<Integer> inParallel(int times, Call call) {
        var calls = IntStream.range(0, times)
                .mapToObj(i -> {
                    var answer = new CompletableFuture<Integer>();
                    var thread = new Thread(() -> {
                        var start = System.nanoTime();
                        try {
                            var status = call.status();
                            var took = Duration.ofNanos(System.nanoTime() - start);
                            assertTrue(took.compareTo(PROMISED) < 0, status + " took " + took);
                            answer.complete(status);
                        } catch (Throwable e) {
                            answer.completeExceptionally(e);
                        }
                    });
                    thread.start();
                    return answer;
                })
                .toList();
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static void none(List<Answer> answers, Predicate<Answer> bad) {
        var found = answers.stream().filter(bad).toList();
        assertTrue(
                found.isEmpty(),
                () -> found.size() + " of " + answers.size() + ", such as "
                        + Stream.of(found.get(0), found.get(found.size() - 1)).toList());
    }
}
