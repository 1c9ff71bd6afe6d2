package dev.todo.auth.ratelimit;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.AtOnce.statuses;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static dev.todo.auth.ratelimit.AttemptCount.remaining;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RefreshLimitTest {

    @Test
    void allows_thirty_refreshes_a_minute_per_session() {
        var alice = registered();
        var tokens = Tokens.of(alice);
        for (var left = 29; left >= 0; left--) {
            var answer = tokens.refreshed();
            answer.then().statusCode(200).header("RateLimit-Policy", "\"refresh\";q=30;w=60");
            assertEquals(left, remaining(answer));
            tokens = Tokens.in(answer);
        }

        var refused = tokens.refreshed();

        refused.then()
                .statusCode(429)
                .contentType("application/problem+json")
                .body("code", equalTo("too_many_attempts"));
        assertEquals(0, remaining(refused));
        assertTrue(Integer.parseInt(refused.header("Retry-After")) <= 60);
        Tokens.of(alice).refreshed().then().statusCode(200);

        AttemptCount.passWindow("refresh", tokens.session());
        tokens.refreshed().then().statusCode(200);
    }

    @Test
    void a_rejected_refresh_does_not_spend_the_token() {
        var tokens = Tokens.of(registered());
        AttemptCount.set("refresh", 30, tokens.session());
        tokens.refreshed().then().statusCode(429);

        AttemptCount.passWindow("refresh", tokens.session());

        tokens.refreshed().then().statusCode(200);
    }

    @Test
    void accepts_only_thirty_of_forty_concurrent_refreshes() {
        var tokens = Tokens.of(registered());

        var answers = atOnce(40, number -> tokens.refreshed());

        assertEquals(Map.of(200, 30L, 429, 10L), statuses(answers));
    }

    @Test
    void does_not_rate_limit_unknown_tokens() {
        for (var i = 0; i < 31; i++) {
            anyone().contentType("application/json")
                    .body(Map.of("refresh_token", "unknown"))
                    .post("/auth/refresh")
                    .then()
                    .statusCode(401);
        }
    }
}

@QuarkusIntegrationTest
class RefreshLimitIT extends RefreshLimitTest {}
