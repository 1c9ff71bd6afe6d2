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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LogInLimitTest {

    private static final String WRONG = "wrong password";

    private final String home = freshAddress();

    @Test
    void checks_five_wrong_passwords_but_not_a_sixth() {
        var alice = registered();

        for (var left = 4; left >= 0; left--) {
            var wrong = logIn(home, alice.email(), WRONG);

            wrong.then().statusCode(401).header("RateLimit-Policy", "\"login\";q=5;w=900");
            assertEquals(left, remaining(wrong));
            assertTrue(secondsLeft(wrong) > 850 && secondsLeft(wrong) <= 900);
        }
        var refused = logIn(home, alice.email(), WRONG);

        refused.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("RateLimit-Policy", "\"login\";q=5;w=900")
                .body("code", equalTo("too_many_attempts"));
        assertEquals(0, remaining(refused));
        var retryAfter = Integer.parseInt(refused.header("Retry-After"));
        assertTrue(retryAfter > 850 && retryAfter <= 900, () -> "Retry-After: " + retryAfter);
    }

    @Test
    void reports_the_remaining_attempts_on_success() {
        var alice = registered();

        var answer = logIn(home, alice.email(), PASSWORD);

        answer.then().statusCode(200).header("RateLimit-Policy", "\"login\";q=5;w=900");
        assertEquals(5, remaining(answer));
    }

    @Test
    void rejects_the_right_password_past_the_limit() {
        var alice = registered();
        failTimes(5, home, alice.email());

        logIn(home, alice.email(), PASSWORD).then().statusCode(429);
        logIn(freshAddress(), alice.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void resets_when_the_window_ends() {
        var alice = registered();
        failTimes(5, home, alice.email());

        AttemptCount.passWindow("login", home, alice.email());

        assertEquals(4, remaining(logIn(home, alice.email(), WRONG)));
        logIn(home, alice.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void limits_each_address_and_user_separately() {
        var alice = registered();
        var bob = registered();
        failTimes(5, home, alice.email());

        logIn(home, bob.email(), PASSWORD).then().statusCode(200);
        logIn(freshAddress(), alice.email(), WRONG).then().statusCode(401);
    }

    @Test
    void a_success_resets_only_the_count_of_its_address_and_user() {
        var alice = registered();
        var bob = registered();
        failTimes(4, home, alice.email());
        failTimes(4, home, bob.email());

        logIn(home, alice.email(), PASSWORD).then().statusCode(200);

        assertEquals(4, remaining(logIn(home, alice.email(), WRONG)));
        assertEquals(0, remaining(logIn(home, bob.email(), WRONG)));
    }

    @Test
    void limits_unknown_users_like_known_ones() {
        var alice = registered();
        var nobody = freshEmail();

        for (var i = 0; i < 7; i++) {
            var known = logIn(home, alice.email(), WRONG);
            var unknown = logIn(home, nobody, WRONG);

            assertEquals(known.statusCode(), unknown.statusCode());
            assertEquals(timeless(known.asString()), timeless(unknown.asString()));
            assertEquals(known.header("RateLimit-Policy"), unknown.header("RateLimit-Policy"));
            assertEquals(remaining(known), remaining(unknown));
        }
    }

    @Test
    void counts_all_spellings_of_an_address_together_in_forms_and_JSON() {
        var alice = registered();

        failTimes(2, home, alice.email());
        failTimes(2, home, " " + alice.email().toUpperCase(Locale.ROOT));
        var form = from(home)
                .formParam("username", alice.email())
                .formParam("password", WRONG)
                .post("/auth/login");

        assertEquals(0, remaining(form));
        logIn(home, alice.email(), PASSWORD).then().statusCode(429);
    }

    @Test
    void counts_passwords_that_no_user_can_have() {
        var alice = registered();

        var tooLong = logIn(home, alice.email(), "x".repeat(73));
        var tooShort = logIn(home, alice.email(), "");

        assertEquals(4, remaining(tooLong));
        assertEquals(3, remaining(tooShort));
    }

    @Test
    void does_not_count_invalid_requests() {
        var alice = registered();
        for (var i = 0; i < 6; i++) {
            from(home)
                    .contentType("application/json")
                    .body(Map.of("email", alice.email()))
                    .post("/auth/login")
                    .then()
                    .statusCode(422);
        }

        assertEquals(4, remaining(logIn(home, alice.email(), WRONG)));
    }

    @Test
    void rejected_attempts_do_not_extend_the_window() {
        var alice = registered();
        failTimes(5, home, alice.email());
        var first = secondsLeft(logIn(home, alice.email(), WRONG));

        failTimes(5, home, alice.email());

        assertTrue(secondsLeft(logIn(home, alice.email(), WRONG)) <= first);
        logIn(freshAddress(), alice.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void checks_only_five_of_forty_concurrent_attempts() {
        var alice = registered();

        var answers = atOnce(40, number -> logIn(home, alice.email(), WRONG));

        assertEquals(Map.of(401, 5L, 429, 35L), statuses(answers));
    }

    @Test
    void accepts_a_burst_of_correct_log_ins() {
        var alice = registered();

        var answers = atOnce(12, number -> logIn(home, alice.email(), PASSWORD));

        answers.forEach(answer -> answer.then().statusCode(200));
    }

    @Test
    void allows_fifty_wrong_passwords_per_address_across_all_users() {
        var alice = registered();
        AttemptCount.set("login-address", 49, home);

        logIn(home, freshEmail(), WRONG).then().statusCode(401);
        var refused = logIn(home, freshEmail(), WRONG);

        refused.then().statusCode(429).header("RateLimit-Policy", "\"login-address\";q=50;w=900");
        assertEquals(0, remaining(refused));
        assertTrue(Integer.parseInt(refused.header("Retry-After")) <= 900);
        logIn(home, alice.email(), PASSWORD).then().statusCode(429);
        logIn(freshAddress(), alice.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void other_users_failures_at_a_known_address_do_not_lock_out_its_owner() {
        var alice = registered();
        logIn(home, alice.email(), PASSWORD).then().statusCode(200);
        AttemptCount.set("login-address", 50, home);

        logIn(home, freshEmail(), WRONG).then().statusCode(429);

        logIn(home, alice.email(), WRONG).then().statusCode(401);
        logIn(home, alice.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void an_owners_failures_count_for_the_address_too() {
        var alice = registered();
        logIn(home, alice.email(), PASSWORD).then().statusCode(200);
        AttemptCount.set("login-address", 49, home);

        logIn(home, alice.email(), WRONG).then().statusCode(401);

        logIn(home, freshEmail(), WRONG).then().statusCode(429);
    }

    @Test
    void a_success_does_not_reset_the_count_of_its_address() {
        var alice = registered();
        AttemptCount.set("login-address", 49, home);

        logIn(home, alice.email(), PASSWORD).then().statusCode(200);

        logIn(home, freshEmail(), WRONG).then().statusCode(401);
        logIn(home, freshEmail(), WRONG).then().statusCode(429);
    }

    @Test
    void counts_wrong_passwords_per_account_across_all_addresses() {
        var alice = registered();
        AttemptCount.set("login-account", 97, alice.email());

        IntStream.range(0, 3)
                .forEach(i -> logIn(freshAddress(), alice.email(), WRONG).then().statusCode(401));

        var refused = logIn(freshAddress(), alice.email(), WRONG);
        refused.then()
                .statusCode(429)
                .header("RateLimit-Policy", "\"login-account\";q=100;w=3600")
                .body("code", equalTo("too_many_attempts"));
        assertEquals(0, remaining(refused));
    }

    @Test
    void a_hundred_failures_elsewhere_do_not_lock_out_the_owner_at_a_known_address() {
        var alice = registered();
        logIn(home, alice.email(), PASSWORD).then().statusCode(200);
        AttemptCount.set("login-account", 100, alice.email());

        logIn(freshAddress(), alice.email(), PASSWORD).then().statusCode(429);

        logIn(home, alice.email(), WRONG).then().statusCode(401);
        logIn(home, alice.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void an_address_known_for_one_user_is_not_known_for_another() {
        var alice = registered();
        var mallory = registered();
        logIn(home, mallory.email(), PASSWORD).then().statusCode(200);
        AttemptCount.set("login-account", 100, alice.email());

        logIn(home, alice.email(), PASSWORD).then().statusCode(429);
    }

    @Test
    void a_failed_log_in_does_not_make_an_address_known() {
        var alice = registered();
        logIn(home, alice.email(), WRONG).then().statusCode(401);
        AttemptCount.set("login-account", 100, alice.email());

        logIn(home, alice.email(), PASSWORD).then().statusCode(429);
    }

    @Test
    void answers_alike_for_an_unknown_account_past_its_limit() {
        var alice = registered();
        var nobody = freshEmail();
        AttemptCount.set("login-account", 100, alice.email());
        AttemptCount.set("login-account", 100, nobody);

        var known = logIn(freshAddress(), alice.email(), WRONG);
        var unknown = logIn(freshAddress(), nobody, WRONG);

        assertEquals(429, unknown.statusCode());
        assertEquals(timeless(known.asString()), timeless(unknown.asString()));
    }

    private static void failTimes(int times, String address, String email) {
        for (var i = 0; i < times; i++) {
            logIn(address, email, WRONG);
        }
    }

    private static Response logIn(String address, String email, String password) {
        return from(address)
                .contentType("application/json")
                .body(Map.of("email", email, "password", password))
                .post("/auth/login");
    }

    private static String timeless(String body) {
        return body.replaceAll("in \\d+ (seconds|minutes)", "later");
    }
}

@QuarkusIntegrationTest
class LogInLimitIT extends LogInLimitTest {}
