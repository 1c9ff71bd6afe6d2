package dev.todo.auth;

import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flood of log-ins delays only log-ins. */
@QuarkusTest
class EventLoopTest {

    // The hash of "correct horse battery", made with Python's crypt.crypt(password, "$2b$12$Y1xQm4rTz8pLbN6sWvKd5e").
    // A cost of 12 takes four times as long as the tests' 10, so that other requests can overtake the log-ins.
    private static final String SLOW_HASH = "$2b$12$Y1xQm4rTz8pLbN6sWvKd5eBXQsffqudYcgNkSCsbWUsMaRz879s9G";

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** Running and waiting log-ins: PasswordHasher lets twelve wait for each thread. */
    private static final int ADMITTED = PROCESSORS * 13;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void removeCostlyHashes() {
        TestDatabase.removeCostlyHashes();
    }

    @Test
    void answers_other_requests_while_all_hashing_threads_are_busy() {
        var alice = registered();
        var logins = logInAtOnce(slowUser(), ADMITTED);
        // Once the first is done, the others are being hashed or wait for a thread
        CompletableFuture.anyOf(logins.toArray(CompletableFuture[]::new)).join();

        for (var i = 0; i < 10; i++) {
            alice.me().then().statusCode(200).body("email", equalTo(alice.email()));
            TodoClient.anyone().get("/nowhere").then().statusCode(404);
        }

        var pending = logins.stream().filter(login -> !login.isDone()).count();
        assertTrue(pending >= PROCESSORS, () -> "Log-ins that were overtaken: " + pending);
        logins.forEach(login -> assertEquals(200, login.join().statusCode()));
    }

    @Test
    void rejects_excess_log_ins_with_503_and_Retry_After() {
        var email = slowUser();

        var answers = logInAtOnce(email, 4 * ADMITTED).stream()
                .map(CompletableFuture::join)
                .toList();

        var rejected =
                answers.stream().filter(answer -> answer.statusCode() == 503).toList();
        assertEquals(
                answers.size() - rejected.size(),
                answers.stream().filter(answer -> answer.statusCode() == 200).count());
        assertFalse(rejected.isEmpty());
        for (var answer : rejected) {
            assertEquals("1", answer.headers().firstValue("Retry-After").orElse(""));
            assertEquals(
                    "application/problem+json",
                    answer.headers().firstValue("Content-Type").orElse(""));
            assertTrue(answer.body().contains("\"code\":\"unavailable\""), answer.body());
        }
        TodoClient.logIn(email, TodoClient.PASSWORD).then().statusCode(200);
    }

    private static String slowUser() {
        var email = freshEmail();
        TestDatabase.insertUser(email, SLOW_HASH);
        return email;
    }

    private List<CompletableFuture<HttpResponse<String>>> logInAtOnce(String email, int times) {
        return Stream.generate(() -> http.sendAsync(logIn(email), BodyHandlers.ofString()))
                .limit(times)
                .toList();
    }

    private static HttpRequest logIn(String email) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + TodoClient.port() + "/auth/login"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .header("X-Forwarded-For", TodoClient.freshAddress())
                .POST(BodyPublishers.ofString(
                        "{\"email\": \"" + email + "\", \"password\": \"" + TodoClient.PASSWORD + "\"}"))
                .build();
    }
}

@QuarkusIntegrationTest
class EventLoopIT extends EventLoopTest {}
