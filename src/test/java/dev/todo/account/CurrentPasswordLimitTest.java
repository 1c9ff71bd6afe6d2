package dev.todo.account;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.AtOnce.statuses;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static dev.todo.auth.ratelimit.AttemptCount.passWindow;
import static dev.todo.auth.ratelimit.AttemptCount.remaining;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CurrentPasswordLimitTest {

    private static final String WRONG = "wrong password";
    private static final String NEW = "staple after staple";

    private TodoClient alice;

    @BeforeEach
    void register() {
        alice = registered();
    }

    @Test
    void limits_guessing_with_a_stolen_access_token() {
        for (var left = 4; left >= 0; left--) {
            var wrong = change(alice, WRONG, NEW);

            wrong.then().statusCode(403).header("RateLimit-Policy", "\"current-password\";q=5;w=900");
            assertEquals(left, remaining(wrong));
        }

        var refused = change(alice, PASSWORD, NEW);

        refused.then().statusCode(429).body("code", equalTo("too_many_attempts"));
        assertEquals(0, remaining(refused));
        var retryAfter = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(retryAfter > 850 && retryAfter <= 900, () -> "Retry-After: " + retryAfter);
        logIn(alice.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void all_endpoints_share_one_limit() {
        for (var i = 0; i < 3; i++) {
            change(alice, WRONG, NEW).then().statusCode(403);
        }
        delete(alice, WRONG).then().statusCode(403);
        delete(alice, WRONG).then().statusCode(403);

        delete(alice, PASSWORD).then().statusCode(429);
        change(alice, PASSWORD, NEW).then().statusCode(429);
        alice.me().then().statusCode(200);
    }

    @Test
    void limits_each_user_separately() {
        for (var i = 0; i < 5; i++) {
            change(alice, WRONG, NEW).then().statusCode(403);
        }

        change(registered(), PASSWORD, NEW).then().statusCode(204);
    }

    @Test
    void checks_only_five_of_forty_concurrent_guesses() {
        var answers = atOnce(40, number -> change(alice, WRONG, NEW));

        assertEquals(Map.of(403, 5L, 429, 35L), statuses(answers));
    }

    @Test
    void a_flood_of_guesses_does_not_block_log_ins() {
        var bob = registered();

        var answers = atOnce(48, number -> number % 8 == 0 ? logIn(bob.email(), PASSWORD) : change(alice, WRONG, NEW));

        assertEquals(6L, statuses(answers).get(200));
        assertEquals(5L, statuses(answers).get(403));
    }

    @Test
    void a_correct_password_neither_counts_nor_resets_the_count() {
        for (var i = 0; i < 4; i++) {
            change(alice, WRONG, NEW).then().statusCode(403);
        }
        var right = change(alice, PASSWORD, NEW);

        right.then().statusCode(204);
        assertEquals(1, remaining(right));
        change(alice, WRONG, NEW).then().statusCode(403);
        change(alice, NEW, PASSWORD).then().statusCode(429);
    }

    @Test
    void does_not_count_invalid_requests() {
        for (var i = 0; i < 6; i++) {
            change(alice, PASSWORD, "short").then().statusCode(422);
            alice.request()
                    .contentType("application/json")
                    .body("{}")
                    .delete("/users/me")
                    .then()
                    .statusCode(422);
        }

        change(alice, PASSWORD, NEW).then().statusCode(204);
    }

    @Test
    void resets_when_the_window_ends() {
        for (var i = 0; i < 5; i++) {
            change(alice, WRONG, NEW).then().statusCode(403);
        }

        passWindow("current-password", alice.id());

        change(alice, PASSWORD, NEW).then().statusCode(204);
    }

    private static Response change(TodoClient user, String current, String next) {
        return user.request()
                .contentType("application/json")
                .body(Map.of("current_password", current, "new_password", next))
                .put("/users/me/password");
    }

    private static Response delete(TodoClient user, String password) {
        return user.request()
                .contentType("application/json")
                .body(Map.of("password", password))
                .delete("/users/me");
    }
}

@QuarkusIntegrationTest
class CurrentPasswordLimitIT extends CurrentPasswordLimitTest {}
