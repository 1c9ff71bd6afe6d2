package dev.todo.account;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TodoClient;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PasswordChangeTest {

    private static final String NEW = "staple after staple";

    @Test
    void only_the_new_password_works_after_a_change() {
        var alice = registered();

        change(alice, PASSWORD, NEW).then().statusCode(204).body(emptyString());

        logIn(alice.email(), PASSWORD).then().statusCode(401);
        logIn(alice.email(), NEW).then().statusCode(200);
    }

    @Test
    void ends_all_sessions_except_the_current_one() {
        var alice = registered();
        var bob = registered();
        var other = Tokens.of(alice);

        change(alice, PASSWORD, NEW).then().statusCode(204);

        assertEquals(401, other.status());
        assertEquals(401, other.refreshed().statusCode());
        alice.request().get("/auth/sessions").then().statusCode(200).body("current", contains(true));
        bob.me().then().statusCode(200);
    }

    @Test
    void the_current_session_can_still_be_refreshed() {
        var alice = registered();
        var tokens = Tokens.of(alice);

        change(alice.with(tokens.access()), PASSWORD, NEW).then().statusCode(204);

        assertEquals(200, tokens.refreshed().statusCode());
    }

    @Test
    void a_wrong_current_password_changes_nothing() {
        var alice = registered();
        var other = Tokens.of(alice);

        assertWrongPassword(change(alice, "wrong password", NEW));
        assertWrongPassword(change(alice, PASSWORD + "x".repeat(72), NEW));
        assertWrongPassword(change(alice, "", NEW));

        assertEquals(200, other.status());
        logIn(alice.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void checks_the_current_password_before_validating_the_new_one() {
        assertWrongPassword(change(registered(), "wrong password", "short"));
        assertWrongPassword(change(registered(), Map.of("current_password", "wrong password")));
    }

    @Test
    void applies_the_sign_up_rules_to_the_new_password() {
        var alice = registered();

        for (var password : new String[] {
            "short", "x".repeat(73), alice.email(), alice.email().split("@")[0]
        }) {
            change(alice, PASSWORD, password)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("validation_failed"))
                    .body("errors.field", contains("new_password"));
        }
        logIn(alice.email(), PASSWORD).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"new_password\": \"staple after staple\"}", "{\"current_password\": null}"})
    void requires_the_current_password(String body) {
        change(registered(), body).then().statusCode(422).body("errors.field", hasItem("current_password"));
    }

    @Test
    void requires_a_new_password() {
        change(registered(), Map.of("current_password", PASSWORD))
                .then()
                .statusCode(422)
                .body("errors.field", contains("new_password"));
    }

    @Test
    void rejects_a_malformed_body() {
        var alice = registered();

        change(alice, "").then().statusCode(400);
        change(alice, "[]").then().statusCode(400);
        change(alice, "{\"current_password\": 1, \"new_password\": \"staple after staple\"}")
                .then()
                .statusCode(400);
        change(alice, Map.of("current_password", PASSWORD, "new_password", NEW, "role", "admin"))
                .then()
                .statusCode(422)
                .body("errors.field", contains("role"));
    }

    @Test
    void only_one_of_two_concurrent_changes_succeeds() {
        var alice = registered();

        var answers = atOnce(2, number -> change(alice, PASSWORD, NEW + number));

        assertEquals(
                1, answers.stream().filter(answer -> answer.statusCode() == 204).count());
        var winner = answers.get(0).statusCode() == 204 ? 0 : 1;
        logIn(alice.email(), NEW + winner).then().statusCode(200);
        logIn(alice.email(), NEW + (1 - winner)).then().statusCode(401);
    }

    @Test
    void requires_authentication() {
        anyone().contentType("application/json")
                .body(Map.of("current_password", PASSWORD, "new_password", NEW))
                .put("/users/me/password")
                .then()
                .statusCode(401);
    }

    private static Response change(TodoClient user, String current, String next) {
        return change(user, Map.of("current_password", current, "new_password", next));
    }

    private static Response change(TodoClient user, Object body) {
        return user.request().contentType("application/json").body(body).put("/users/me/password");
    }

    private static void assertWrongPassword(Response answer) {
        answer.then().statusCode(403).contentType("application/problem+json").body("code", equalTo("wrong_password"));
    }
}

@QuarkusIntegrationTest
class PasswordChangeIT extends PasswordChangeTest {}
