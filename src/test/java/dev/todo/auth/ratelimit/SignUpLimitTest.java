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

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SignUpLimitTest {

    private final String home = freshAddress();

    @Test
    void twenty_people_an_hour_sign_up_at_one_address() {
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
    void a_sign_up_that_is_refused_because_the_address_is_taken_counts_too() {
        var alice = registered();

        var refused = signUp(alice.email());

        refused.then().statusCode(409).header("RateLimit-Policy", "\"signup\";q=20;w=3600");
        assertEquals(19, remaining(refused));
    }

    @Test
    void past_the_limit_it_does_not_show_whether_an_address_is_taken() {
        var alice = registered();
        AttemptCount.set("signup", 20, home);

        signUp(alice.email()).then().statusCode(429);
        signUp(freshEmail()).then().statusCode(429);
    }

    @Test
    void what_is_invalid_does_not_count() {
        for (var i = 0; i < 21; i++) {
            signUp("nobody").then().statusCode(422);
        }

        assertEquals(19, remaining(signUp(freshEmail())));
    }

    @Test
    void an_hour_later_all_is_forgotten() {
        AttemptCount.set("signup", 20, home);
        signUp(freshEmail()).then().statusCode(429);

        AttemptCount.passWindow("signup", home);

        signUp(freshEmail()).then().statusCode(201);
    }

    @Test
    void thirty_people_at_once_are_twenty_who_sign_up() {
        var answers = atOnce(30, number -> signUp(freshEmail()));

        assertEquals(Map.of(201, 20L, 429, 10L), statuses(answers));
    }

    @Test
    void one_address_typed_in_many_ways_at_once_makes_one_user() {
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
