package dev.todo.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.AtOnce;
import dev.todo.PackagedService;
import dev.todo.RawHttp;
import dev.todo.TodoClient;
import io.restassured.RestAssured;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** When the response to a statement is lost, answers 503 only if nothing was stored. */
@Tag("faults")
class LostAnswersIT {

    private static FragileDatabase database;
    private static DatabaseProxy network;
    private static PackagedService service;

    private TodoClient alice;

    @BeforeAll
    static void start() throws Exception {
        database = new FragileDatabase();
        network = new DatabaseProxy(database.port());
        service = PackagedService.start(
                        Map.of("DATABASE_URL", network.url(), "DB_POOL_SIZE", "4", "SHUTDOWN_DELAY", "PT0S"))
                .awaitHealth("ready", 200, Duration.ofSeconds(90));
    }

    @AfterAll
    static void stop() throws Exception {
        RestAssured.reset();
        service.terminate();
        // Unanswered requests do not delay the shutdown
        var hasEnded = service.process().waitFor(20, TimeUnit.SECONDS);
        service.close();
        network.close();
        database.close();
        assertTrue(hasEnded);
    }

    @BeforeEach
    void signUp() {
        RestAssured.port = service.port();
        alice = TodoClient.signedUp();
    }

    /** Lost connections are replaced, which can take longer than a request's timeout on a busy machine. */
    @AfterEach
    void all_connections_are_usable_again() {
        var all = Map.of(201, 12L);
        var found = Map.<Integer, Long>of();
        for (var i = 0; i < 5 && !found.equals(all); i++) {
            found = AtOnce.statuses(AtOnce.atOnce(12, number -> alice.create(Map.of("title", "Buy milk"))));
        }
        assertEquals(all, found);
    }

    @Test
    void does_not_answer_503_if_the_task_was_stored() throws Exception {
        var title = "Stored " + UUID.randomUUID();

        var lost = network.loseAnswerTo(title);
        assertNoAnswer("POST /tasks", "{\"title\":\"" + title + "\"}");

        lost.await();
        assertEquals(1, tasksOf(title));
    }

    @Test
    void does_not_answer_503_if_the_transaction_was_committed() throws Exception {
        var title = "Committed " + UUID.randomUUID();
        var key = "Idempotency-Key: " + title.replace(' ', '-') + "\r\n";

        network.loseAnswerTo("COMMIT");
        assertNoAnswer("POST /tasks", "{\"title\":\"" + title + "\"}", key);
        var repeated = exchange("POST /tasks", "{\"title\":\"" + title + "\"}", key);

        assertEquals(201, repeated.status());
        assertEquals(1, tasksOf(title));
    }

    @Test
    void does_not_answer_503_if_the_server_goes_silent_after_a_change() throws Exception {
        var milk = alice.add("Buy milk");
        var title = "Silent " + UUID.randomUUID();
        var start = System.nanoTime();

        network.fallSilentAfter(title);
        assertNoAnswer("PATCH /tasks/" + milk, "{\"title\":\"" + title + "\"}");

        assertTrue(System.nanoTime() - start < 5_000_000_000L);
        assertEquals(1, tasksOf(title));
    }

    @Test
    void answers_503_if_the_connection_is_lost_before_the_commit() throws Exception {
        var title = "Broken off " + UUID.randomUUID();

        network.loseAnswerTo(title);
        var answer = exchange("POST /tasks", "{\"title\":\"" + title + "\"}", "Idempotency-Key: a-key\r\n");

        assertEquals(503, answer.status());
        assertEquals(0, tasksOf(title));
    }

    @Test
    void answers_503_if_the_result_of_a_list_is_lost() throws Exception {
        var word = "w" + UUID.randomUUID().toString().replace("-", "");

        network.loseAnswerTo(word);

        assertEquals(503, exchange("GET /tasks?q=" + word, "").status());
    }

    @Test
    void answers_503_if_a_sign_up_was_counted_but_not_stored() throws Exception {
        var email = TodoClient.freshEmail();

        network.loseAnswerTo("signup");
        var answer = exchange(
                "POST /auth/signup", "{\"email\":\"" + email + "\",\"password\":\"" + TodoClient.PASSWORD + "\"}");

        assertEquals(503, answer.status());
        assertEquals(401, TodoClient.logIn(email, TodoClient.PASSWORD).statusCode());
    }

    @Test
    void reports_success_if_a_cancelled_statement_succeeds() throws Exception {
        var milk = alice.add("Buy milk");
        network.loseCancellations(true);
        try (var other = database.connect();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("select * from tasks for update");
            var unlocked = new Thread(() -> {
                try {
                    Thread.sleep(2_250);
                    other.rollback();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            unlocked.start();

            var answer = exchange("PATCH /tasks/" + milk, "{\"title\":\"Buy bread\"}");
            unlocked.join();

            assertEquals(200, answer.status());
        } finally {
            network.loseCancellations(false);
        }
    }

    @Test
    void silently_dropped_connections_fail_no_request() throws Exception {
        AtOnce.atOnce(4, number -> alice.list());
        Thread.sleep(1_500);

        network.blackhole();
        var answers = AtOnce.atOnce(4, number -> alice.list());

        assertEquals(Map.of(200, 4L), AtOnce.statuses(answers));
    }

    private void assertNoAnswer(String request, String body, String... headers) {
        var failure = assertThrows(UncheckedIOException.class, () -> {
            var answer = exchange(request, body, headers);
            throw new AssertionError(answer.head() + answer.body());
        });
        assertTrue(
                failure.getCause() instanceof EOFException || failure.getCause() instanceof SocketException,
                failure.toString());
    }

    private RawHttp exchange(String request, String body, String... headers) {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        return RawHttp.exchange(
                request,
                "Authorization: Bearer " + alice.token() + "\r\nContent-Type: application/json\r\nContent-Length: "
                        + bytes.length + "\r\n" + String.join("", headers),
                bytes);
    }

    private int tasksOf(String title) throws Exception {
        try (var connection = database.connect();
                var query = connection.prepareStatement("select count(*) from tasks where title = ?")) {
            query.setString(1, title);
            var row = query.executeQuery();
            row.next();
            return row.getInt(1);
        }
    }
}
