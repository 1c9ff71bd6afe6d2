package dev.todo.task;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.todo.AtOnce;
import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idempotency-Key: a client that missed the response can retry. */
@QuarkusTest
class RepeatedCreationTest {

    private final String key = UUID.randomUUID().toString();

    @Test
    void a_retry_returns_the_first_response() {
        var alice = registered();

        var first =
                create(alice, key, "{\"title\": \"Milk\", \"tags\": [\"a\"], \"due_at\": \"2026-12-24T18:00:00Z\"}");
        alice.change(first.path("id"), "{\"title\": \"Oat milk\"}");
        var second = create(alice, key, " {\"due_at\":\"2026-12-24T18:00:00Z\",\"tags\":[\"a\"],  \"title\":\"Milk\"}");

        first.then().statusCode(201);
        second.then()
                .statusCode(201)
                .header("Location", first.header("Location"))
                .header("ETag", first.header("ETag"));
        assertEquals(first.asString(), second.asString());
        alice.list().then().body("$", hasSize(1));
    }

    @Test
    void twenty_concurrent_retries_create_one_task_and_get_the_same_response() {
        var alice = registered();

        var answers = atOnce(20, number -> create(alice, key, "{\"title\": \"Milk\"}"));

        assertEquals(Map.of(201, 20L), AtOnce.statuses(answers));
        assertEquals(1, answers.stream().map(Response::asString).distinct().count());
        alice.list().then().body("$", hasSize(1));
    }

    @Test
    void a_retry_gets_409_while_the_first_request_is_in_progress() throws Exception {
        var alice = registered();
        try (var connection = TestDatabase.connect();
                var first = connection.prepareStatement("insert into idempotency_keys"
                        + " (user_id, operation, key, request_hash, created_at)"
                        + " values (?::uuid, 'createTask', ?, '', now())")) {
            connection.setAutoCommit(false);
            first.setString(1, alice.id());
            first.setString(2, key);
            first.executeUpdate();

            create(alice, key, "{\"title\": \"Milk\"}")
                    .then()
                    .statusCode(409)
                    .header("Retry-After", equalTo("1"))
                    .body("code", equalTo("idempotency_in_progress"));
            connection.rollback();
        }
        create(alice, key, "{\"title\": \"Milk\"}").then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"title\": \"Bread\"}", "{\"title\": \"Milk\", \"priority\": null}", "{\"title\": \"Milk \"}"})
    void rejects_a_key_reused_with_another_body(String other) {
        var alice = registered();
        create(alice, key, "{\"title\": \"Milk\"}");

        create(alice, key, other).then().statusCode(422).body("code", equalTo("idempotency_key_reused"));

        alice.list().then().body("title", contains("Milk"));
    }

    @Test
    void keys_are_separate_for_each_user() {
        var milk = create(registered(), key, "{\"title\": \"Milk\"}");
        var bread = create(registered(), key, "{\"title\": \"Bread\"}");

        bread.then().statusCode(201).body("title", equalTo("Bread"));
        assertNotEquals(milk.<String>path("id"), bread.<String>path("id"));
    }

    @Test
    void a_rejected_request_does_not_use_up_the_key() {
        var alice = registered();

        create(alice, key, "{\"title\": \"\"}").then().statusCode(422).body("code", equalTo("validation_failed"));
        create(alice, key, "{\"title\": 1}").then().statusCode(400);

        create(alice, key, "{\"title\": \"Milk\"}").then().statusCode(201);
    }

    @Test
    void a_key_expires_after_a_day() {
        var alice = registered();
        var first = create(alice, key, "{\"title\": \"Milk\"}");

        TestDatabase.backdateKey(key, 23);
        assertEquals(
                first.asString(), create(alice, key, "{\"title\": \"Milk\"}").asString());
        TestDatabase.backdateKey(key, 24);
        create(alice, key, "{\"title\": \"Bread\"}").then().statusCode(201).body("title", equalTo("Bread"));
        create(alice, key, "{\"title\": \"Bread\"}").then().statusCode(201);

        alice.list().then().body("title", contains("Bread", "Milk"));
    }

    @Test
    void a_key_has_at_most_255_visible_ASCII_characters() {
        var alice = registered();

        create(alice, "x".repeat(255), "{\"title\": \"Milk\"}").then().statusCode(201);
        create(alice, "!~\"'", "{\"title\": \"Milk\"}").then().statusCode(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\tb", "\u00e9"})
    void rejects_a_malformed_key(String malformed) {
        var alice = registered();

        create(alice, malformed, "{\"title\": \"Milk\"}").then().statusCode(400);
        create(alice, "x".repeat(256), "{\"title\": \"Milk\"}").then().statusCode(400);
        alice.request()
                .contentType("application/json")
                .header("Idempotency-Key", "a")
                .header("Idempotency-Key", "b")
                .body("{\"title\": \"Milk\"}")
                .post("/tasks")
                .then()
                .statusCode(400);

        alice.list().then().body("$", hasSize(0));
    }

    private static Response create(TodoClient user, String key, String body) {
        return user.request()
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(body)
                .post("/tasks");
    }
}

@QuarkusIntegrationTest
class RepeatedCreationIT extends RepeatedCreationTest {}
