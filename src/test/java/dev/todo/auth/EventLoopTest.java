package dev.todo.auth;

import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
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

/** A flood of log-ins costs those who log in their patience, and nobody else anything. */
@QuarkusTest
class EventLoopTest {

    // Of "correct horse battery", by Python's crypt.crypt(password, "$2b$12$Y1xQm4rTz8pLbN6sWvKd5e"). A cost of 12
    // keeps a
    // thread busy four times as long as the tests' 10: long enough for the rest to overtake.
    private static final String SLOW_HASH = "$2b$12$Y1xQm4rTz8pLbN6sWvKd5eBXQsffqudYcgNkSCsbWUsMaRz879s9G";

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    /** Those at work and those who wait: twelve for each thread, as PasswordHasher has it. */
    private static final int ADMITTED = PROCESSORS * 13;

    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void removeCostlyHashes() {
        TestDatabase.removeCostlyHashes();
    }

    @Test
    void requests_are_answered_while_every_hashing_thread_is_busy() {
        var alice = registered();
        var logins = logInAtOnce(slowUser(), ADMITTED);
        // Hashing is under way once the first of them is done, and the others are at it or wait for it
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
    void a_flood_of_log_ins_is_turned_away_with_a_time_to_come_back() {
        var email = slowUser();

        var answers = logInAtOnce(email, 4 * ADMITTED).stream()
                .map(CompletableFuture::join)
                .toList();

        var turnedAway =
                answers.stream().filter(answer -> answer.statusCode() == 503).toList();
        assertEquals(
                answers.size() - turnedAway.size(),
                answers.stream().filter(answer -> answer.statusCode() == 200).count());
        assertFalse(turnedAway.isEmpty());
        for (var answer : turnedAway) {
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
