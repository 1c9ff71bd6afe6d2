package dev.todo.task;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TrashTest {

    /** For the change of another transaction. */
    private static final String WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted";

    @Test
    void restores_a_task_as_it_was() {
        var alice = registered();
        var milk = alice.create(Map.of("title", "Milk", "tags", List.of("shop"), "completed", true));
        var before = milk.jsonPath().<String, Object>getMap("$");
        alice.delete(milk.path("id"));

        var restored = alice.restore(milk.path("id"));

        restored.then().statusCode(200);
        var after = restored.jsonPath().<String, Object>getMap("$");
        assertTrue(after.get("updated_at")
                        .toString()
                        .compareTo(before.get("updated_at").toString())
                > 0);
        assertEquals(3, after.get("version"));
        before.put("updated_at", after.get("updated_at"));
        before.put("version", 3);
        assertEquals(before, after);
        assertEquals(
                "[" + restored.asString() + "]", alice.list("q=milk&tag=shop").asString());
    }

    @Test
    void restoring_a_task_that_is_not_deleted_changes_nothing() {
        var alice = registered();
        var milk = alice.create(Map.of("title", "Milk"));

        var restored = alice.restore(milk.path("id"));

        restored.then().statusCode(200);
        assertEquals(milk.asString(), restored.asString());
    }

    @Test
    void concurrent_requests_restore_a_task_once() {
        var alice = registered();
        var milk = alice.add("Milk");
        alice.delete(milk);

        var answers = atOnce(4, number -> alice.restore(milk));

        answers.forEach(answer -> answer.then().statusCode(200).body("version", equalTo(3)));
    }

    @Test
    void only_the_owner_can_restore() {
        var alice = registered();
        var milk = alice.add("Milk");
        alice.delete(milk);

        registered().restore(milk).then().statusCode(404);
        alice.restore(UUID.randomUUID().toString()).then().statusCode(404);
        alice.restore("x").then().statusCode(404);
        alice.get(milk).then().statusCode(404);
    }

    @Test
    void a_task_can_be_restored_for_thirty_days() {
        var alice = registered();
        var young = TestDatabase.deletedTask(alice, 29);
        var old = TestDatabase.deletedTask(alice, 30);

        alice.restore(young).then().statusCode(200);
        alice.restore(old).then().statusCode(404);
    }

    @Test
    void keeps_a_task_that_is_reopened_while_completed_tasks_are_deleted() throws Exception {
        var alice = registered();
        var milk = alice.add("Milk");
        alice.complete(milk);

        CompletableFuture<Response> deletion;
        try (var connection = TestDatabase.connect()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("select time_of_change('" + alice.id() + "')");
            deletion = CompletableFuture.supplyAsync(alice::clearCompleted);
            while (TestDatabase.text(WAITING).equals("0")) {
                Thread.sleep(10);
            }
            connection
                    .createStatement()
                    .execute("update tasks set completed = false, completed_at = null where id = '" + milk + "'");
            connection.commit();
        }

        deletion.join().then().statusCode(200).body("deleted", equalTo(0));
        alice.get(milk).then().statusCode(200);
    }

    @Test
    void deletes_all_completed_tasks_of_the_caller() {
        var alice = registered();
        var done = alice.add(Map.of("title", "done", "completed", true));
        alice.add(Map.of("title", "done too", "completed", true));
        alice.add("open");
        var theirs = registered();
        theirs.add(Map.of("title", "theirs", "completed", true));

        alice.clearCompleted().then().statusCode(200).body("$", equalTo(Map.of("deleted", 2)));

        alice.list().then().body("title", contains("open"));
        alice.clearCompleted().then().body("deleted", equalTo(0));
        theirs.list().then().body("title", contains("theirs"));
        alice.restore(done).then().statusCode(200).body("version", equalTo(3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?completed=false",
                "?completed=1",
                "?completed=",
                "?completed=true&completed=true",
                "?all=true"
            })
    void deleting_tasks_together_requires_completed_true(String query) {
        var alice = registered();
        alice.add(Map.of("title", "done", "completed", true));

        alice.request()
                .urlEncodingEnabled(false)
                .delete("/tasks" + query)
                .then()
                .statusCode(400);

        alice.list().then().body("title", contains("done"));
    }

    @Test
    void changes_since_a_time_include_deleted_tasks() {
        var alice = registered();
        alice.add("before");
        var since = alice.create(Map.of("title", "first")).<String>path("updated_at");
        var gone = alice.add("gone");
        alice.delete(gone);
        var back = alice.add("back");
        alice.delete(back);
        alice.restore(back);

        var changes = alice.list("sort=updated_at&updated_since=" + since);

        changes.then()
                .statusCode(200)
                .body("title", contains("first", "gone", "back"))
                .body("findAll { it.containsKey('deleted_at') }.title", contains("gone"));
        assertEquals(changes.<String>path("[1].updated_at"), changes.<String>path("[1].deleted_at"));
        alice.list("updated_since=9999-01-01T00:00:00Z").then().statusCode(200).body("$", empty());
        alice.list("count=true&updated_since=" + since).then().header("X-Total-Count", "3");
    }
}

@QuarkusIntegrationTest
class TrashIT extends TrashTest {}
