package dev.todo.cleanup;

import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs the scheduled cleanup immediately. */
@QuarkusTest
class CleanupTaskTest {

    @Inject
    List<CleanupTask> cleanupTasks;

    @Test
    void empties_the_trash_after_thirty_days() {
        var alice = registered();
        var young = TestDatabase.deletedTask(alice, 29);
        var old = TestDatabase.deletedTask(alice, 31);

        cleanUp();

        assertTrue(TestDatabase.hasTask(young));
        assertFalse(TestDatabase.hasTask(old));
        alice.restore(young).then().statusCode(200);
    }

    @Test
    void deletes_attempts_an_hour_after_their_window() {
        var old = attempts("2 hours");
        var recent = attempts("30 minutes");

        cleanUp();

        assertEquals("0", TestDatabase.text("select count(*) from attempts where kind = ?", old));
        assertEquals("1", TestDatabase.text("select count(*) from attempts where kind = ?", recent));
    }

    @Test
    void deletes_sessions_once_their_access_tokens_have_expired_too() {
        var alice = registered();
        var old = session("8 days", Tokens.of(alice));
        var recent = session("6 days", Tokens.of(alice));

        cleanUp();

        assertEquals("0", TestDatabase.text("select count(*) from sessions where id = ?::uuid", old.session()));
        assertEquals("1", TestDatabase.text("select count(*) from sessions where id = ?::uuid", recent.session()));
    }

    @Test
    void forgets_addresses_a_year_after_their_last_log_in() {
        var alice = registered();
        Tokens.of(alice);
        TestDatabase.executeAny(
                "update known_addresses set last_used_at = now() - interval '366 days' where ctid ="
                        + " (select min(ctid) from known_addresses where user_id = ?::uuid)",
                alice.id());

        cleanUp();

        assertEquals(
                "1", TestDatabase.text("select count(*) from known_addresses where user_id = ?::uuid", alice.id()));
    }

    @Test
    void hides_and_then_removes_an_import_whose_replica_died() {
        var alice = registered();
        alice.add("Before");
        var tasks = IntStream.range(0, 3).mapToObj(i -> alice.add("Hidden")).toList();
        var dead = TestDatabase.text(
                "insert into imports (user_id, updated_at, expires_at, tasks)"
                        + " values (?::uuid, now(), now() - interval '1 second', 3) returning id",
                alice.id());
        tasks.forEach(
                task -> TestDatabase.execute("update tasks set import_id = ?::bigint where id = ?::uuid", dead, task));
        alice.list().then().body("title", contains("Before"));
        alice.stats().then().body("total", equalTo(1));
        alice.get(tasks.get(0)).then().statusCode(404);

        cleanUp();

        alice.list().then().body("title", contains("Before"));
        assertFalse(TestDatabase.hasTask(tasks.get(0)));
        assertEquals("0", TestDatabase.text("select count(*) from imports where user_id = ?::uuid", alice.id()));
    }

    @Test
    void keeps_an_import_in_progress() {
        var alice = registered();
        var task = alice.add("Hidden");
        var id = TestDatabase.text(
                "insert into imports (user_id, updated_at, expires_at, tasks)"
                        + " values (?::uuid, now(), now() + interval '1 minute', 1) returning id",
                alice.id());
        TestDatabase.execute("update tasks set import_id = ?::bigint where id = ?::uuid", id, task);

        cleanUp();

        assertTrue(TestDatabase.hasTask(task));
        TestDatabase.execute("delete from imports where id = ?::bigint", id);
        alice.list().then().body("title", contains("Hidden"));
    }

    @Test
    void makes_tasks_loaded_by_other_programs_searchable() {
        var alice = registered();
        var milk = alice.create(Map.of("title", "Buy märz milk", "description", "Oat", "tags", List.of("shop")));
        TestDatabase.forgetTerms(milk.path("id"));
        alice.list("q=milk").then().body("$", empty());

        cleanUp();

        alice.list("q=marz%20oat&tag=shop").then().body("title", contains("Buy märz milk"));
        assertEquals(milk.asString(), alice.get(milk.path("id")).asString());
    }

    @Test
    void removes_the_data_of_deleted_users() {
        var alice = registered();
        var bob = registered();
        for (var user : List.of(alice, bob)) {
            Tokens.of(user);
            user.add("Buy milk");
            user.delete(user.add("Deleted"));
            user.request()
                    .header("Idempotency-Key", "key")
                    .contentType("application/json")
                    .body(Map.of("title", "Once"))
                    .post("/tasks");
            user.request()
                    .contentType("application/json")
                    .body(Map.of("name", "script", "scopes", List.of("tasks:read")))
                    .post("/auth/tokens");
        }
        var tables = List.of("tasks", "sessions", "known_addresses", "personal_tokens", "idempotency_keys");
        tables.forEach(table -> assertNotEquals("0", rows(table, alice), table));
        alice.request()
                .contentType("application/json")
                .body(Map.of("password", TodoClient.PASSWORD))
                .delete("/users/me")
                .then()
                .statusCode(204);

        cleanUp();

        for (var table : TestDatabase.text("select string_agg(table_name, ' ') from information_schema.columns"
                        + " where column_name = 'user_id' and table_schema = 'public' and table_name <> 'task_events'")
                .split(" ")) {
            assertEquals("0", rows(table, alice), table);
        }
        tables.forEach(table -> assertNotEquals("0", rows(table, bob), table));
    }

    @Test
    void removes_late_data_of_a_deleted_user_for_an_hour() {
        var alice = registered();
        TestDatabase.remove(alice);
        cleanUp();
        // From a request that was still in progress
        TestDatabase.execute("insert into known_addresses (user_id, address) values (?::uuid, 'late')", alice.id());

        cleanUp();

        assertEquals("0", rows("known_addresses", alice));
        assertEquals("1", TestDatabase.text("select count(*) from deleted_users where id = ?::uuid", alice.id()));
        TestDatabase.execute(
                "update deleted_users set deleted_at = now() - interval '61 minutes' where id = ?::uuid", alice.id());
        cleanUp();
        assertEquals("0", TestDatabase.text("select count(*) from deleted_users where id = ?::uuid", alice.id()));
    }

    private static String rows(String table, TodoClient user) {
        return TestDatabase.text("select count(*) from " + table + " where user_id = ?::uuid", user.id());
    }

    @Test
    void replicas_can_clean_up_concurrently() {
        var alice = registered();
        var tasks = IntStream.range(0, 20).mapToObj(i -> alice.add("task " + i)).toList();
        tasks.forEach(TestDatabase::forgetTerms);

        Uni.join()
                .all(IntStream.range(0, 4).mapToObj(replica -> allDone()).toList())
                .andFailFast()
                .await()
                .atMost(Duration.ofSeconds(10));

        assertEquals(20, alice.list("q=task").jsonPath().getList("$").size());
    }

    private static String attempts(String ago) {
        var kind = UUID.randomUUID().toString().substring(0, 16);
        TestDatabase.execute(
                "insert into attempts (kind, key, counted, pending, pending_until, window_ends)"
                        + " values (?, '', 1, 0, now() - ?::interval, now() - ?::interval)",
                kind,
                ago,
                ago);
        return kind;
    }

    private static Tokens session(String ago, Tokens tokens) {
        TestDatabase.execute(
                "update sessions set expires_at = now() - ?::interval where id = ?::uuid", ago, tokens.session());
        return tokens;
    }

    private void cleanUp() {
        allDone().await().atMost(Duration.ofSeconds(10));
    }

    private Uni<Void> allDone() {
        return Uni.join()
                .all(cleanupTasks.stream().map(CleanupTaskTest::untilDone).toList())
                .andFailFast()
                .replaceWithVoid();
    }

    private static Uni<Boolean> untilDone(CleanupTask task) {
        return task.runBatch()
                .chain(more -> more ? untilDone(task) : Uni.createFrom().item(false));
    }
}
