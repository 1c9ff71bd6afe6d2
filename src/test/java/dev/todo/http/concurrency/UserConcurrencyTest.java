package dev.todo.http.concurrency;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.AtOnce.statuses;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.RawHttp;
import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class UserConcurrencyTest {

    private static final String RUNNING =
            "select count(*) from pg_stat_activity where application_name = 'todo-service'"
                    + " and wait_event_type = 'Lock'";

    @Test
    void runs_eight_calls_of_a_user_at_a_time_and_queues_the_others() throws Exception {
        var alice = registered();
        var milk = alice.add("Milk");

        var answers = whileTasksAreLocked(() -> inBackground(30, () -> alice.complete(milk)), calls -> {
            until(() -> running() >= 8);
            Thread.sleep(300);
            assertEquals(8, running());
        });

        assertEquals(Map.of(200, 30L), statuses(answers));
        assertEquals(31, alice.get(milk).<Integer>path("version"));
    }

    @Test
    void rejects_more_than_a_hundred_calls_of_a_user_with_429() throws Exception {
        var alice = registered();
        var milk = alice.add("Milk");

        var answers = whileTasksAreLocked(
                () -> inBackground(130, () -> alice.complete(milk)), calls -> until(() -> done(calls) >= 30));

        var refused =
                answers.stream().filter(answer -> answer.statusCode() == 429).toList();
        // On a slow machine, the first may be done before the last arrives
        assertTrue(refused.size() > 0 && refused.size() <= 30, refused.size() + " refused");
        refused.forEach(answer -> answer.then()
                .contentType("application/problem+json")
                .header("Retry-After", "1")
                .body("code", equalTo("too_many_requests")));
    }

    @Test
    void serves_another_user_while_one_has_a_hundred_calls_in_progress() throws Exception {
        var alice = registered();
        var bob = registered();
        var milk = alice.add("Milk");
        bob.add("Bread");

        whileLocked(
                "select from tasks where user_id = '" + alice.id() + "' for update",
                () -> inBackground(100, () -> alice.complete(milk)),
                calls -> {
                    until(() -> running() > 0);
                    bob.list().then().statusCode(200);
                    bob.create("{\"title\": \"Butter\"}").then().statusCode(201);
                });
    }

    @Test
    void lets_a_user_end_sessions_during_a_flood_of_task_calls() throws Exception {
        var alice = registered();
        var milk = alice.add("Milk");

        whileTasksAreLocked(() -> inBackground(110, () -> alice.complete(milk)), calls -> {
            until(() -> done(calls) >= 10);
            alice.request().delete("/auth/sessions").then().statusCode(204);
        });
    }

    @Test
    void drops_a_queued_call_when_its_client_disconnects() throws Exception {
        var alice = registered();
        var milk = alice.add("Milk");

        whileTasksAreLocked(() -> inBackground(8, () -> alice.complete(milk)), calls -> {
            until(() -> running() >= 8);
            hangUp(alice, 92, "PATCH /tasks/" + milk + "/complete");
        });

        assertEquals(Map.of(200, 50L), statuses(atOnce(50, i -> alice.list())));
        assertEquals(9, alice.get(milk).<Integer>path("version"));
    }

    @Test
    void calls_with_a_personal_token_share_the_queue_of_their_user() throws Exception {
        var alice = registered();
        var milk = alice.add("Milk");
        var token = alice.with(personalToken(alice));
        token.list().then().statusCode(200);

        whileTasksAreLocked(
                () -> Stream.concat(
                                inBackground(15, () -> token.complete(milk)).stream(),
                                inBackground(15, () -> alice.complete(milk)).stream())
                        .toList(),
                calls -> {
                    until(() -> running() >= 8);
                    Thread.sleep(300);
                    assertEquals(8, running());
                });
    }

    @Test
    void accepts_a_personal_token_in_many_concurrent_calls() {
        var alice = registered();
        var text = personalToken(alice);
        var token = alice.with(text);

        assertEquals(Map.of(200, 60L), statuses(atOnce(60, i -> token.list())));
        assertEquals(
                Map.of(401, 60L),
                statuses(atOnce(
                        60,
                        i -> alice.with(text.replace("todo_pat_", "todo_pat_x")).list())));
    }

    @Test
    void a_large_body_waits_after_another_of_the_same_user_while_others_call() {
        var alice = registered();
        var bob = registered();
        var invalid = "x".repeat(8_000_000);
        alice.importing("application/json", invalid).then().statusCode(400);

        bob.list();
        var begin = System.nanoTime();
        alice.importing("application/json", invalid).then().statusCode(400);
        assertTrue(System.nanoTime() - begin > TimeUnit.MILLISECONDS.toNanos(200));
    }

    private static String personalToken(TodoClient user) {
        return user.request()
                .contentType("application/json")
                .body(Map.of("name", "n", "scopes", List.of("tasks:read", "tasks:write")))
                .post("/auth/tokens")
                .path("token");
    }

    private interface Step {
        void with(List<CompletableFuture<Response>> calls) throws Exception;
    }

    private static List<Response> whileTasksAreLocked(Supplier<List<CompletableFuture<Response>>> begin, Step step)
            throws Exception {
        return whileLocked("lock table tasks", begin, step);
    }

    /** Returns the responses once all calls are done. Statements that wait for the lock time out after two seconds. */
    private static List<Response> whileLocked(String lock, Supplier<List<CompletableFuture<Response>>> begin, Step step)
            throws Exception {
        List<CompletableFuture<Response>> calls;
        try (var connection = TestDatabase.connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute(lock);
            calls = begin.get();
            step.with(calls);
        }
        return calls.stream().map(CompletableFuture::join).toList();
    }

    private static long done(List<CompletableFuture<Response>> answers) {
        return answers.stream().filter(CompletableFuture::isDone).count();
    }

    private static List<CompletableFuture<Response>> inBackground(int times, Supplier<Response> call) {
        var threads = Executors.newFixedThreadPool(times);
        try {
            return IntStream.range(0, times)
                    .mapToObj(i -> CompletableFuture.supplyAsync(call, threads))
                    .toList();
        } finally {
            threads.shutdown();
        }
    }

    static void hangUp(TodoClient user, int times, String call) throws Exception {
        var sockets = new ArrayList<Socket>();
        for (var i = 0; i < times; i++) {
            sockets.add(RawHttp.begin(call, "Authorization: Bearer " + user.token() + "\r\n"));
        }
        for (var socket : sockets) {
            socket.close();
        }
    }

    private static int running() {
        return Integer.parseInt(TestDatabase.text(RUNNING));
    }

    static void until(BooleanSupplier condition) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < end, "not within 20 seconds");
            Thread.sleep(10);
        }
    }
}
