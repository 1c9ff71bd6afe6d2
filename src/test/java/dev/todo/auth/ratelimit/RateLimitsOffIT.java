package dev.todo.auth.ratelimit;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshAddress;
import static dev.todo.TodoClient.freshEmail;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.OwnPostgres;
import dev.todo.Replica;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RateLimitsOffIT {

    @Test
    void disables_all_rate_limits_if_RATE_LIMITS_is_off() throws Exception {
        try (var postgres = new OwnPostgres();
                var replica = Replica.start(postgres.freshDatabase(), Map.of("RATE_LIMITS", "off"))) {
            var email = replica.registered();
            var home = freshAddress();

            for (var i = 0; i < 7; i++) {
                replica.logIn(home, email, "wrong password")
                        .then()
                        .statusCode(401)
                        .header("RateLimit", nullValue())
                        .header("RateLimit-Policy", nullValue());
            }
            for (var i = 0; i < 21; i++) {
                replica.signUp(home, freshEmail(), PASSWORD).then().statusCode(201);
            }
            var tokens = replica.logIn(email);
            var answers = atOnce(35, number -> replica.refresh(tokens.refresh()));
            answers.forEach(answer -> assertEquals(200, answer.statusCode()));
        }
    }
}
