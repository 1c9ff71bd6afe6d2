package dev.todo.auth.ratelimit;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.AtOnce.statuses;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshAddress;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.from;
import static dev.todo.TodoClient.registered;
import static dev.todo.auth.ratelimit.AttemptCount.remaining;
import static dev.todo.auth.ratelimit.AttemptCount.secondsLeft;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignUpLimitTest {

    private final String home = freshAddress();

    @Test
    void allows_twenty_sign_ups_an_hour_per_address() {
        var first = signUp(freshEmail());
        first.then().statusCode(201).header("RateLimit-Policy", "\"signup\";q=20;w=3600");
        assertEquals(19, remaining(first));
        assertTrue(secondsLeft(first) > 3550 && secondsLeft(first) <= 3600);
        AttemptCount.set("signup", 19, home);

        signUp(freshEmail()).then().statusCode(201);
        var refused = signUp(freshEmail());

        refused.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("RateLimit-Policy", "\"signup\";q=20;w=3600")
                .body("code", equalTo("too_many_attempts"));
        assertEquals(0, remaining(refused));
        var retryAfter = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(retryAfter > 3500 && retryAfter <= 3600, () -> "Retry-After: " + retryAfter);
        signUpFrom(freshAddress(), freshEmail()).then().statusCode(201);
    }

    @Test
    void counts_sign_ups_with_a_taken_address() {
        var alice = registered();

        var refused = signUp(alice.email());

        refused.then().statusCode(409).header("RateLimit-Policy", "\"signup\";q=20;w=3600");
        assertEquals(19, remaining(refused));
    }

    @Test
    void does_not_reveal_taken_addresses_past_the_limit() {
        var alice = registered();
        AttemptCount.set("signup", 20, home);

        signUp(alice.email()).then().statusCode(429);
        signUp(freshEmail()).then().statusCode(429);
    }

    @Test
    void does_not_count_invalid_requests() {
        for (var i = 0; i < 21; i++) {
            signUp("nobody").then().statusCode(422);
        }

        assertEquals(19, remaining(signUp(freshEmail())));
    }

    @Test
    void resets_after_an_hour() {
        AttemptCount.set("signup", 20, home);
        signUp(freshEmail()).then().statusCode(429);

        AttemptCount.passWindow("signup", home);

        signUp(freshEmail()).then().statusCode(201);
    }

    @Test
    void accepts_only_twenty_of_thirty_concurrent_sign_ups() {
        var answers = atOnce(30, number -> signUp(freshEmail()));

        assertEquals(Map.of(201, 20L, 429, 10L), statuses(answers));
    }

    @Test
    void concurrent_sign_ups_with_spellings_of_one_address_create_one_user() {
        var email = freshEmail();

        var answers = atOnce(
                15,
                number -> signUp(
                        number % 2 == 0 ? email : email.toUpperCase(Locale.ROOT).replace("EXAMPLE", "Example")));

        assertEquals(Map.of(201, 1L, 409, 14L), statuses(answers));
    }

    private Response signUp(String email) {
        return signUpFrom(home, email);
    }

    private static Response signUpFrom(String address, String email) {
        return from(address)
                .contentType("application/json")
                .body(Map.of("email", email, "password", PASSWORD))
                .post("/auth/signup");
    }
}

@QuarkusIntegrationTest
class SignUpLimitIT extends SignUpLimitTest {}
