package dev.todo.account;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static dev.todo.TodoClient.signUp;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AccountDeletionTest {

    @Test
    void deletes_the_user_with_their_tasks_and_sessions() {
        var alice = registered();
        var other = Tokens.of(alice);
        alice.add("Buy milk");

        delete(alice, PASSWORD).then().statusCode(204).body(emptyString());

        alice.me().then().statusCode(401);
        assertEquals(401, other.status());
        assertEquals(401, other.refreshed().statusCode());
        logIn(alice.email(), PASSWORD).then().statusCode(401).body("code", equalTo("invalid_credentials"));
    }

    @Test
    void revokes_personal_tokens() {
        var alice = registered();
        var token = alice.request()
                .contentType("application/json")
                .body(Map.of("name", "script", "scopes", List.of("tasks:read")))
                .post("/auth/tokens")
                .<String>path("token");
        alice.with(token).list().then().statusCode(200);

        delete(alice, PASSWORD).then().statusCode(204);

        alice.with(token).list().then().statusCode(401);
    }

    @Test
    void does_not_wait_for_locks_on_the_accounts_data() throws Exception {
        var alice = registered();
        Tokens.of(alice);
        alice.add("Buy milk");

        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (var table : List.of("tasks", "sessions", "known_addresses")) {
                statement.execute("select from " + table + " where user_id = '" + alice.id() + "' for update");
            }

            delete(alice, PASSWORD).then().statusCode(204);
        }
        alice.me().then().statusCode(401);
    }

    @Test
    void a_new_account_with_the_same_address_has_none_of_the_old_data() {
        var alice = registered();
        alice.add("Buy milk");
        alice.delete(alice.add("Deleted"));
        delete(alice, PASSWORD).then().statusCode(204);

        signUp(alice.email(), PASSWORD).then().statusCode(201);

        var again = alice.with(TodoClient.tokenOf(alice.email(), PASSWORD));
        again.list().then().statusCode(200).body("$", empty());
        again.list("updated_since=2000-01-01T00:00:00Z").then().body("$", empty());
        again.request().get("/auth/sessions").then().body("$", hasSize(1));
        again.request().get("/auth/tokens").then().body("$", empty());
    }

    @Test
    void frees_the_email_address() {
        var alice = registered();
        delete(alice, PASSWORD).then().statusCode(204);

        signUp(alice.email(), PASSWORD).then().statusCode(201);

        alice.me().then().statusCode(401);
    }

    @Test
    void keeps_other_users() {
        var bob = registered();

        delete(registered(), PASSWORD).then().statusCode(204);

        bob.me().then().statusCode(200);
    }

    @Test
    void a_wrong_password_deletes_nothing() {
        var alice = registered();

        delete(alice, "wrong password")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("wrong_password"));

        alice.me().then().statusCode(200);
    }

    @Test
    void rejects_a_malformed_body() {
        var alice = registered();

        alice.request().delete("/users/me").then().statusCode(400);
        deleteWith(alice, "").then().statusCode(400);
        deleteWith(alice, "{}").then().statusCode(422).body("errors.field", contains("password"));
        deleteWith(alice, "{\"password\": 1}").then().statusCode(400);
        deleteWith(alice, "{\"password\": \"x\", \"id\": 1}").then().statusCode(422);
        alice.me().then().statusCode(200);
    }

    @Test
    void keeps_the_last_administrator() {
        TestDatabase.executeAny("update users set role = 'user' where role = 'admin'");
        var alice = registered();
        TestDatabase.makeAdmin(alice);

        delete(alice, PASSWORD)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("last_admin"));
        delete(alice, "wrong password").then().statusCode(403);
        alice.me().then().statusCode(200);

        TestDatabase.makeAdmin(registered());
        delete(alice, PASSWORD).then().statusCode(204);
    }

    @Test
    void requires_authentication() {
        anyone().contentType("application/json")
                .body(Map.of("password", PASSWORD))
                .delete("/users/me")
                .then()
                .statusCode(401);
    }

    private static Response delete(TodoClient user, String password) {
        return deleteWith(user, Map.of("password", password));
    }

    private static Response deleteWith(TodoClient user, Object body) {
        return user.request().contentType("application/json").body(body).delete("/users/me");
    }
}

@QuarkusIntegrationTest
class AccountDeletionIT extends AccountDeletionTest {}
