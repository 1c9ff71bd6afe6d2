package dev.todo.account;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class UserAdministrationTest {

    @Test
    void a_user_can_be_made_an_administrator_and_is_one_at_once() {
        var ada = Administrator.appointed();
        var alice = registered();

        ada.change(alice, Map.of("role", "admin"))
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("$", aMapWithSize(7))
                .body("id", equalTo(alice.id()))
                .body("role", equalTo("admin"))
                .body("disabled", equalTo(false));

        alice.request().get("/admin/users").then().statusCode(200);
    }

    @Test
    void an_administrator_can_be_made_a_user_and_is_one_at_once() {
        var ada = Administrator.appointed();
        var grace = Administrator.appointed();

        ada.change(grace.user(), Map.of("role", "user")).then().statusCode(200).body("role", equalTo("user"));

        grace.list("").then().statusCode(403);
        grace.user().me().then().statusCode(200).body("role", equalTo("user"));
    }

    @Test
    void a_disabled_user_is_shut_out_at_once_and_comes_back_when_enabled() {
        var ada = Administrator.appointed();
        var alice = registered();
        var tokens = Tokens.of(alice);

        ada.change(alice, Map.of("disabled", true)).then().statusCode(200).body("disabled", equalTo(true));

        alice.me().then().statusCode(401);
        assertEquals(401, tokens.refreshed().statusCode());
        logIn(alice.email(), PASSWORD).then().statusCode(401).body("code", equalTo("invalid_credentials"));

        ada.change(alice, Map.of("disabled", false)).then().statusCode(200).body("disabled", equalTo(false));

        logIn(alice.email(), PASSWORD).then().statusCode(200);
    }

    @Test
    void role_and_state_change_together() {
        var ada = Administrator.appointed();

        ada.change(registered(), Map.of("role", "admin", "disabled", true))
                .then()
                .statusCode(200)
                .body("role", equalTo("admin"))
                .body("disabled", equalTo(true));
    }

    @Test
    void what_is_missing_stays() {
        var ada = Administrator.appointed();
        var alice = registered();
        ada.change(alice, Map.of("disabled", true)).then().statusCode(200);

        ada.change(alice, Map.of("role", "admin")).then().body("disabled", equalTo(true));
        ada.change(alice, "{}")
                .then()
                .statusCode(200)
                .body("role", equalTo("admin"))
                .body("disabled", equalTo(true));
    }

    @Test
    void a_change_may_come_as_a_merge_patch() {
        var ada = Administrator.appointed();

        ada.user()
                .request()
                .contentType("application/merge-patch+json")
                .body(Map.of("disabled", true))
                .patch("/admin/users/{id}", registered().id())
                .then()
                .statusCode(200)
                .body("disabled", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"role\": \"boss\"} | role",
                "{\"role\": \"ADMIN\"} | role",
                "{\"email\": \"x@example.com\"} | email",
                "{\"id\": 1} | id",
                "{\"password\": \"x\"} | password",
                "{\"disabled\": true, \"task_count\": 0} | task_count"
            })
    void a_wrong_value_and_an_unknown_member_are_told(String body, String field) {
        Administrator.appointed()
                .change(registered(), body)
                .then()
                .statusCode(422)
                .body("code", equalTo("validation_failed"))
                .body("errors.field", contains(field));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "true",
                "{",
                "{\"role\": 1}",
                "{\"role\": true}",
                "{\"role\": [\"admin\"]}",
                "{\"disabled\": \"true\"}",
                "{\"disabled\": 1}",
                "{\"disabled\": true, \"disabled\": true}"
            })
    void what_cannot_be_read_is_told(String body) {
        Administrator.appointed()
                .change(registered(), body)
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_request"));
    }

    @Test
    void deleting_a_user_takes_their_tasks_and_sessions_along() {
        var ada = Administrator.appointed();
        var alice = registered();
        alice.add("Buy milk");

        ada.delete(alice.id()).then().statusCode(204).body(emptyString());

        alice.me().then().statusCode(401);
        ada.get(alice.id()).then().statusCode(404);
        ada.delete(alice.id()).then().statusCode(404);
    }

    @Test
    void who_is_not_there_can_be_neither_changed_nor_deleted() {
        var ada = Administrator.appointed();

        for (var id : List.of(UUID.randomUUID().toString(), "1", "me")) {
            ada.change(id, Map.of("disabled", true)).then().statusCode(404).body("code", equalTo("not_found"));
            ada.delete(id).then().statusCode(404).body("code", equalTo("not_found"));
        }
    }

    @Test
    void administrators_log_in_while_changes_to_another_user_are_stuck() throws Exception {
        var ada = Administrator.appointed();
        var alice = registered();
        var threads = Executors.newFixedThreadPool(2);

        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select from users where id = '" + alice.id() + "' for update");
            var change = threads.submit(
                    () -> ada.change(alice, Map.of("disabled", true)).statusCode());
            var deletion = threads.submit(() -> ada.delete(alice.id()).statusCode());
            Thread.sleep(300);

            logIn(ada.user().email(), PASSWORD).then().statusCode(200);

            connection.rollback();
            assertEquals(204, deletion.get());
            assertTrue(List.of(200, 404).contains(change.get()));
        } finally {
            threads.shutdown();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"role\": \"user\"}", "{\"disabled\": true}", "{\"role\": \"user\", \"disabled\": true}"})
    void the_last_administrator_can_be_neither_demoted_nor_disabled(String body) {
        var ada = Administrator.alone();

        lastAdmin(ada.change(ada.user(), body));

        ada.get(ada.user().id()).then().body("role", equalTo("admin")).body("disabled", equalTo(false));
        Administrator.appointed();
        ada.change(ada.user(), body).then().statusCode(200);
    }

    @Test
    void the_last_administrator_cannot_be_deleted() {
        var ada = Administrator.alone();

        lastAdmin(ada.delete(ada.user().id()));

        var grace = Administrator.appointed();
        ada.delete(ada.user().id()).then().statusCode(204);
        lastAdmin(grace.delete(grace.user().id()));
    }

    @Test
    void a_disabled_administrator_is_none_that_could_be_the_last() {
        var ada = Administrator.alone();
        var grace = Administrator.appointed();
        ada.change(grace.user(), Map.of("disabled", true)).then().statusCode(200);

        lastAdmin(ada.change(ada.user(), Map.of("role", "user")));
        ada.change(grace.user(), Map.of("role", "user")).then().statusCode(200);
        ada.delete(grace.user().id()).then().statusCode(204);
    }

    @Test
    void an_administrator_who_stays_one_is_not_the_last_to_go() {
        var ada = Administrator.alone();

        ada.change(ada.user(), Map.of("role", "admin", "disabled", false))
                .then()
                .statusCode(200);
    }

    @Test
    void two_administrators_cannot_demote_each_other_at_once() {
        for (var round = 0; round < 5; round++) {
            var ada = Administrator.alone();
            var grace = Administrator.appointed();

            var answers = atOnce(
                    2,
                    number -> number == 0
                            ? ada.change(grace.user(), Map.of("role", "user"))
                            : grace.change(ada.user(), Map.of("role", "user")));

            assertOneIsLeft(answers);
        }
    }

    @Test
    void one_request_that_deletes_and_one_that_disables_leave_an_administrator_too() {
        for (var round = 0; round < 5; round++) {
            var ada = Administrator.alone();
            var grace = Administrator.appointed();

            var answers = atOnce(
                    2,
                    number -> number == 0
                            ? ada.delete(ada.user().id())
                            : grace.change(grace.user(), Map.of("disabled", true)));

            assertOneIsLeft(answers);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PATCH, /admin/users/{id}, application/json",
        "PATCH, /admin/users/1, application/json",
        "PATCH, /admin/users/{id}, text/plain",
        "PUT, /admin/users/{id}, application/json",
        "POST, /admin/users, application/json",
        "DELETE, /admin/users/{id}, application/json"
    })
    void users_are_refused_before_anything_else_is_looked_at(String method, String path, String type) {
        var alice = registered();

        alice.request()
                .contentType(type)
                .body("{\"role\": 1, nonsense")
                .request(method, path.replace("{id}", alice.id()))
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        anyone().contentType(type)
                .body("{\"role\": 1, nonsense")
                .request(method, path.replace("{id}", alice.id()))
                .then()
                .statusCode(401);
    }

    private static void assertOneIsLeft(List<Response> answers) {
        assertEquals("1", TestDatabase.text("select count(*) from users where role = 'admin' and not disabled"));
        assertEquals(
                1, answers.stream().filter(answer -> answer.statusCode() < 300).count());
    }

    private static void lastAdmin(Response answer) {
        answer.then().statusCode(409).contentType("application/problem+json").body("code", equalTo("last_admin"));
    }
}
