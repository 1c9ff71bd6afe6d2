package dev.todo.task.transfer;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Idempotency-Key for imports. */
@QuarkusTest
class RepeatedImportTest {

    private final String key = UUID.randomUUID().toString();

    @Test
    void a_retry_returns_the_first_response() {
        var alice = registered();

        var first = importing(alice, "[{\"title\": \"a\"}, {\"title\": \"b\"}]");
        var second = importing(alice, " [ {\"title\":\"a\"},{\"title\":\"b\"} ]");

        first.then().statusCode(200).body("imported", equalTo(2));
        second.then().statusCode(200);
        assertEquals(first.asString(), second.asString());
        alice.list().then().body("$", hasSize(2));
    }

    @Test
    void rejects_a_key_reused_with_another_file() {
        var alice = registered();
        importing(alice, "[{\"title\": \"a\"}]").then().statusCode(200);

        importing(alice, "[{\"title\": \"b\"}]").then().statusCode(422).body("code", equalTo("idempotency_key_reused"));

        alice.list().then().body("$", hasSize(1));
    }

    @Test
    void a_rejected_import_does_not_use_up_the_key() {
        var alice = registered();

        importing(alice, "[{\"title\": \"\"}]").then().statusCode(422);

        importing(alice, "[{\"title\": \"a\"}]").then().statusCode(200);
    }

    @Test
    void a_key_expires_after_a_day() {
        var alice = registered();
        importing(alice, "[{\"title\": \"a\"}]").then().statusCode(200);
        TestDatabase.backdateKey(key, 25);

        importing(alice, "[{\"title\": \"b\"}]").then().statusCode(200);
        importing(alice, "[{\"title\": \"b\"}]").then().statusCode(200);

        alice.list().then().body("$", hasSize(2));
    }

    @Test
    void concurrent_retries_import_the_file_once() {
        var alice = registered();

        var answers = atOnce(4, number -> importing(alice, "[{\"title\": \"a\"}]"));

        for (var answer : answers) {
            assertTrue(Set.of(200, 409).contains(answer.statusCode()), answer.asString());
            if (answer.statusCode() == 409) {
                answer.then().header("Retry-After", equalTo("1")).body("code", equalTo("idempotency_in_progress"));
            }
        }
        importing(alice, "[{\"title\": \"a\"}]").then().statusCode(200);
        alice.list().then().body("$", hasSize(1));
    }

    @Test
    void a_key_can_be_reused_after_its_replica_died() {
        var alice = registered();
        var begun = "insert into imports (user_id, updated_at, expires_at, tasks, key)"
                + " values (?::uuid, now(), now() + ?::interval, 1, ?)";
        TestDatabase.execute(begun, alice.id(), "1 minute", key);
        importing(alice, "[{\"title\": \"a\"}]")
                .then()
                .statusCode(409)
                .body("code", equalTo("idempotency_in_progress"));

        TestDatabase.execute("update imports set expires_at = now() where key = ?", key);

        importing(alice, "[{\"title\": \"a\"}]").then().statusCode(200);
    }

    private Response importing(TodoClient user, String file) {
        return user.request()
                .contentType("application/json")
                .header("Idempotency-Key", key)
                .body(file)
                .post("/tasks/import");
    }
}

@QuarkusIntegrationTest
class RepeatedImportIT extends RepeatedImportTest {}
