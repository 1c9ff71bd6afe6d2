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
import io.quarkus.test.junit.QuarkusIntegrationTest;
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
    void promotes_a_user_with_immediate_effect() {
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
    void demotes_an_administrator_with_immediate_effect() {
        var ada = Administrator.appointed();
        var grace = Administrator.appointed();

        ada.change(grace.user(), Map.of("role", "user")).then().statusCode(200).body("role", equalTo("user"));

        grace.list("").then().statusCode(403);
        grace.user().me().then().statusCode(200).body("role", equalTo("user"));
    }

    @Test
    void disabling_a_user_blocks_access_until_they_are_enabled_again() {
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
    void changes_role_and_state_in_one_request() {
        var ada = Administrator.appointed();

        ada.change(registered(), Map.of("role", "admin", "disabled", true))
                .then()
                .statusCode(200)
                .body("role", equalTo("admin"))
                .body("disabled", equalTo(true));
    }

    @Test
    void keeps_fields_that_are_not_given() {
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
    void accepts_a_merge_patch() {
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
    void rejects_invalid_values_and_unknown_fields(String body, String field) {
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
    void rejects_a_malformed_body(String body) {
        Administrator.appointed()
                .change(registered(), body)
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_request"));
    }

    @Test
    void deletes_a_user_with_their_tasks_and_sessions() {
        var ada = Administrator.appointed();
        var alice = registered();
        alice.add("Buy milk");

        ada.delete(alice.id()).then().statusCode(204).body(emptyString());

        alice.me().then().statusCode(401);
        ada.get(alice.id()).then().statusCode(404);
        ada.delete(alice.id()).then().statusCode(404);
    }

    @Test
    void returns_404_for_an_unknown_user() {
        var ada = Administrator.appointed();

        for (var id : List.of(UUID.randomUUID().toString(), "1", "me")) {
            ada.change(id, Map.of("disabled", true)).then().statusCode(404).body("code", equalTo("not_found"));
            ada.delete(id).then().statusCode(404).body("code", equalTo("not_found"));
        }
    }

    @Test
    void administrators_can_log_in_while_changes_to_another_user_are_blocked() throws Exception {
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
    void rejects_demoting_or_disabling_the_last_administrator(String body) {
        var ada = Administrator.alone();

        lastAdmin(ada.change(ada.user(), body));

        ada.get(ada.user().id()).then().body("role", equalTo("admin")).body("disabled", equalTo(false));
        Administrator.appointed();
        ada.change(ada.user(), body).then().statusCode(200);
    }

    @Test
    void rejects_deleting_the_last_administrator() {
        var ada = Administrator.alone();

        lastAdmin(ada.delete(ada.user().id()));

        var grace = Administrator.appointed();
        ada.delete(ada.user().id()).then().statusCode(204);
        lastAdmin(grace.delete(grace.user().id()));
    }

    @Test
    void does_not_count_disabled_administrators() {
        var ada = Administrator.alone();
        var grace = Administrator.appointed();
        ada.change(grace.user(), Map.of("disabled", true)).then().statusCode(200);

        lastAdmin(ada.change(ada.user(), Map.of("role", "user")));
        ada.change(grace.user(), Map.of("role", "user")).then().statusCode(200);
        ada.delete(grace.user().id()).then().statusCode(204);
    }

    @Test
    void accepts_an_update_that_keeps_the_last_administrator() {
        var ada = Administrator.alone();

        ada.change(ada.user(), Map.of("role", "admin", "disabled", false))
                .then()
                .statusCode(200);
    }

    @Test
    void two_administrators_cannot_demote_each_other_concurrently() {
        for (var round = 0; round < 5; round++) {
            var ada = Administrator.alone();
            var grace = Administrator.appointed();

            var answers = atOnce(
                    2,
                    number -> number == 0
                            ? ada.change(grace.user(), Map.of("role", "user"))
                            : grace.change(ada.user(), Map.of("role", "user")));

            assertOneRemains(answers);
        }
    }

    @Test
    void a_concurrent_delete_and_disable_leave_one_administrator() {
        for (var round = 0; round < 5; round++) {
            var ada = Administrator.alone();
            var grace = Administrator.appointed();

            var answers = atOnce(
                    2,
                    number -> number == 0
                            ? ada.delete(ada.user().id())
                            : grace.change(grace.user(), Map.of("disabled", true)));

            assertOneRemains(answers);
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
    void checks_the_role_before_anything_else(String method, String path, String type) {
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

    private static void assertOneRemains(List<Response> answers) {
        assertEquals("1", TestDatabase.text("select count(*) from users where role = 'admin' and not disabled"));
        assertEquals(
                1, answers.stream().filter(answer -> answer.statusCode() < 300).count());
    }

    private static void lastAdmin(Response answer) {
        answer.then().statusCode(409).contentType("application/problem+json").body("code", equalTo("last_admin"));
    }
}

@QuarkusIntegrationTest
class UserAdministrationIT extends UserAdministrationTest {}
