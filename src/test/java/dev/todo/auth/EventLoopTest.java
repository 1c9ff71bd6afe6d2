package dev.todo.auth;

import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** bcrypt has threads of its own and a short queue. */
@QuarkusTest
class EventLoopTest {

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @Test
    void requests_are_answered_while_every_hashing_thread_is_busy() {
        var alice = registered();
        var threads = Executors.newCachedThreadPool();
        try {
            var logins = IntStream.range(0, PROCESSORS * 6)
                    .mapToObj(n -> CompletableFuture.supplyAsync(() -> logIn(freshEmail(), "wrong password"), threads))
                    .toList();

            // Log-ins are judged in turn, so as long as the last is not, all hashing threads have work
            var answeredMeanwhile = 0;
            while (!logins.stream().allMatch(CompletableFuture::isDone)) {
                assertEquals(200, alice.me().statusCode());
                answeredMeanwhile++;
            }

            assertTrue(answeredMeanwhile > 1, "only " + answeredMeanwhile + " answered meanwhile");
            logins.forEach(login -> assertEquals(401, login.join().statusCode()));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void who_comes_when_the_queue_is_full_is_told_to_try_again() {
        var threads = Executors.newCachedThreadPool();
        try {
            var logins = IntStream.range(0, PROCESSORS * 40)
                    .mapToObj(n -> CompletableFuture.supplyAsync(() -> logIn(freshEmail(), "wrong password"), threads))
                    .toList();
            var refused = logins.stream()
                    .map(CompletableFuture::join)
                    .filter(answer -> answer.statusCode() == 503)
                    .toList();

            assertFalse(refused.isEmpty(), "the queue has no end");
            refused.forEach(answer -> answer.then()
                    .header("Retry-After", equalTo("1"))
                    .contentType("application/problem+json")
                    .body("code", equalTo("unavailable")));
        } finally {
            threads.shutdown();
        }
    }
}
