package dev.todo;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.AtOnce.statuses;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshAddress;
import static dev.todo.TodoClient.freshEmail;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Two services on one database act as one: a change through one applies to the next request to the other. */
class ReplicasIT extends TwoReplicas {

    private static final String WRONG = "wrong password";

    static Stream<Arguments> sessionEndings() {
        return Stream.of(
                ending("log-out", tokens -> one().bearing(tokens.access()).post("/auth/logout")),
                ending(
                        "log-out by cookie",
                        tokens -> one().anyone()
                                .cookie("refresh_token", tokens.refresh())
                                .post("/auth/logout")),
                ending(
                        "ending the session",
                        tokens -> one().bearing(tokens.access()).delete("/auth/sessions/{id}", tokens.session())),
                ending(
                        "deleting the account",
                        tokens -> one().bearing(tokens.access())
                                .contentType("application/json")
                                .body(Map.of("password", PASSWORD))
                                .delete("/users/me")),
                ending(
                        "disabling the user",
                        tokens -> one().bearing(administrator().access())
                                .contentType("application/json")
                                .body(Map.of("disabled", true))
                                .patch("/admin/users/{id}", Replica.userOf(tokens))),
                ending(
                        "deletion by an administrator",
                        tokens -> one().bearing(administrator().access())
                                .delete("/admin/users/{id}", Replica.userOf(tokens))));
    }

    private static Arguments ending(String name, Function<Tokens, Response> call) {
        return arguments(name, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sessionEndings")
    void a_session_that_ended_is_invalid_on_the_other_replica_at_once(String name, Function<Tokens, Response> end) {
        var tokens = one().logIn(one().registered());
        assertEquals(200, other().status(tokens));

        var status = end.apply(tokens).statusCode();

        assertTrue(status == 200 || status == 204, () -> "Status: " + status);
        assertEquals(401, other().status(tokens));
        assertEquals(401, other().refresh(tokens.refresh()).statusCode());
    }

    @Test
    void a_password_change_ends_other_sessions_on_the_other_replica_at_once() {
        var email = one().registered();
        var stays = one().logIn(email);
        var ends = other().logIn(email);

        one().bearing(stays.access())
                .contentType("application/json")
                .body(Map.of("current_password", PASSWORD, "new_password", "staple after staple"))
                .put("/users/me/password")
                .then()
                .statusCode(204);

        assertEquals(401, other().status(ends));
        assertEquals(200, other().status(stays));
        assertEquals(401, other().logIn(freshAddress(), email, PASSWORD).statusCode());
    }

    @Test
    void ending_other_sessions_applies_to_the_other_replica_at_once() {
        var email = one().registered();
        var stays = one().logIn(email);
        var ends = other().logIn(email);

        one().bearing(stays.access()).delete("/auth/sessions").then().statusCode(204);

        assertEquals(401, other().status(ends));
        assertEquals(200, other().status(stays));
    }

    @Test
    void demoting_an_administrator_applies_to_the_other_replica_at_once() {
        var ada = administrator();
        var grace = administrator();
        assertEquals(200, other().bearing(grace.access()).get("/admin/users").statusCode());

        one().bearing(ada.access())
                .contentType("application/json")
                .body(Map.of("role", "user"))
                .patch("/admin/users/{id}", Replica.userOf(grace))
                .then()
                .statusCode(200);

        assertEquals(403, other().bearing(grace.access()).get("/admin/users").statusCode());
        assertEquals(200, other().status(grace));
    }

    @Test
    void twenty_concurrent_refreshes_leave_one_valid_token_family() {
        var tokens = one().logIn(one().registered());

        var answers = atOnce(20, number -> replica(number).refresh(tokens.refresh()));

        answers.forEach(answer -> answer.then().statusCode(200));
        var successors =
                answers.stream().map(Tokens::in).map(Tokens::refresh).distinct().toList();
        tokens.passSeconds(11);
        var valid = successors.stream()
                .filter(token -> other().refresh(token).statusCode() == 200)
                .count();
        assertEquals(1, valid);
    }

    @Test
    void accepts_a_refresh_retry_on_the_other_replica_within_ten_seconds() {
        var tokens = one().logIn(one().registered());
        var lost = Tokens.in(one().refresh(tokens.refresh()));
        tokens.passSeconds(8);

        var again = Tokens.in(other().refresh(tokens.refresh()));

        assertEquals(tokens.session(), again.session());
        assertEquals(200, one().status(lost));
        assertEquals(200, one().refresh(again.refresh()).statusCode());
    }

    @Test
    void reusing_a_refresh_token_later_ends_the_session_on_both_replicas() {
        var tokens = one().logIn(one().registered());
        var next = Tokens.in(one().refresh(tokens.refresh()));
        tokens.passSeconds(11);

        assertEquals(401, other().refresh(tokens.refresh()).statusCode());

        assertEquals(401, one().refresh(next.refresh()).statusCode());
        assertEquals(401, one().status(next));
    }

    @Test
    void fifty_concurrent_sign_ups_of_one_address_in_mixed_case_create_one_user() {
        var email = freshEmail();
        var home = freshAddress();

        var answers = atOnce(50, number -> replica(number).signUp(home, inMixedCase(email, number), PASSWORD));

        assertEquals(1, count(answers, 201));
        assertEquals(49, count(answers, 409) + count(answers, 429));
        assertEquals("1", TestDatabase.text("select count(*) from users where lower(email) = ?", email));
    }

    @Test
    void forty_concurrent_wrong_passwords_count_as_five_attempts_despite_forged_X_Forwarded_For() {
        var email = one().registered();
        var home = freshAddress();

        var answers = atOnce(40, number -> replica(number).logIn(freshAddress() + ", " + home, email, WRONG));

        // Requests that wait too long get 503 and are not checked
        var statuses = statuses(answers);
        assertEquals(5L, statuses.get(401), statuses::toString);
        assertTrue(Set.of(401, 429, 503).containsAll(statuses.keySet()), statuses::toString);
        assertEquals(429, one().logIn(home, email, PASSWORD).statusCode());
    }

    @Test
    void both_replicas_together_allow_a_burst_of_twenty_sign_ups_per_address() {
        var home = freshAddress();

        var answers = atOnce(40, number -> replica(number).signUp(home, freshEmail(), PASSWORD));

        assertEquals(Map.of(201, 20L, 429, 20L), statuses(answers));
    }

    @Test
    void a_known_address_can_still_log_in_on_the_other_replica() {
        var email = one().registered();
        var home = freshAddress();
        one().logIn(home, email, PASSWORD).then().statusCode(200);
        other().logIn(freshAddress(), email, WRONG).then().statusCode(401);
        TestDatabase.execute(
                "update attempts set counted = 100 where kind = 'login-account'"
                        + " and key = sha256(convert_to(?, 'UTF8'))",
                email);

        assertEquals(429, one().logIn(freshAddress(), email, PASSWORD).statusCode());
        assertEquals(429, other().logIn(freshAddress(), email, PASSWORD).statusCode());

        assertEquals(200, other().logIn(home, email, PASSWORD).statusCode());
    }

    @Test
    void two_administrators_cannot_demote_each_other_concurrently_on_two_replicas() {
        TestDatabase.executeAny("update users set role = 'user' where role = 'admin'");
        var admins = List.of(administrator(), administrator());

        var answers = atOnce(
                2,
                number -> replica(number)
                        .bearing(admins.get(number).access())
                        .contentType("application/json")
                        .body(Map.of("role", "user"))
                        .patch("/admin/users/{id}", Replica.userOf(admins.get(1 - number))));

        assertEquals(1, count(answers, 200));
        assertEquals("1", TestDatabase.text("select count(*) from users where role = 'admin'"));
    }

    @Test
    void logs_JSON_with_the_request_id_and_the_event() throws Exception {
        var answer = one().logIn(freshAddress(), one().registered(), PASSWORD);
        var id = answer.header("X-Request-ID");

        var line = one().log().lines().filter(text -> text.contains(id)).findFirst();

        assertTrue(line.isPresent());
        assertTrue(line.get().startsWith("{") && line.get().endsWith("}"), line.get());
        assertTrue(line.get().contains("\"event=login_succeeded user=" + Replica.userOf(Tokens.in(answer)) + "\""));
        assertTrue(line.get().contains("\"request_id\":\"" + id + "\""), line.get());
    }

    private static Replica replica(int number) {
        return number % 2 == 0 ? one() : other();
    }

    private static Tokens administrator() {
        var email = one().registered();
        TestDatabase.execute("update users set role = 'admin' where email = ?", email);
        return one().logIn(email);
    }

    private static String inMixedCase(String email, int number) {
        var at = number % 20;
        return email.substring(0, at) + email.substring(at).toUpperCase(Locale.ROOT);
    }

    private static long count(List<Response> answers, int status) {
        return answers.stream().filter(answer -> answer.statusCode() == status).count();
    }
}
