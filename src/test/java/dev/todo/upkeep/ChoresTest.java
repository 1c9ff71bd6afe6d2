package dev.todo.upkeep;

import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.Tokens;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the service does unasked, done here at once. */
@QuarkusTest
class ChoresTest {

    @Inject
    @All
    List<Chore> chores;

    @Test
    void the_trash_is_emptied_after_thirty_days() {
        var alice = registered();
        var young = alice.add("young");
        var old = alice.add("old");
        alice.delete(young);
        alice.delete(old);
        TestDatabase.backdateDeletion(young, 29);
        TestDatabase.backdateDeletion(old, 31);

        doChores();

        assertTrue(TestDatabase.hasTask(young));
        assertFalse(TestDatabase.hasTask(old));
        alice.restore(young).then().statusCode(200);
    }

    @Test
    void attempts_are_dropped_an_hour_after_their_window() {
        var old = attempts("2 hours");
        var recent = attempts("30 minutes");

        doChores();

        assertEquals("0", TestDatabase.text("select count(*) from attempts where kind = ?", old));
        assertEquals("1", TestDatabase.text("select count(*) from attempts where kind = ?", recent));
    }

    @Test
    void sessions_are_dropped_when_their_access_tokens_are_over_too() {
        var alice = registered();
        var old = session("8 days", Tokens.of(alice));
        var recent = session("6 days", Tokens.of(alice));

        doChores();

        assertEquals("0", TestDatabase.text("select count(*) from sessions where id = ?::uuid", old.session()));
        assertEquals(
                "0",
                TestDatabase.text("select count(*) from refresh_tokens where session_id = ?::uuid", old.session()));
        assertEquals("1", TestDatabase.text("select count(*) from sessions where id = ?::uuid", recent.session()));
    }

    @Test
    void addresses_are_forgotten_a_year_after_their_last_log_in() {
        var alice = registered();
        Tokens.of(alice);
        TestDatabase.executeAny(
                "update known_addresses set last_used_at = now() - interval '366 days' where ctid ="
                        + " (select min(ctid) from known_addresses where user_id = ?::uuid)",
                alice.id());

        doChores();

        assertEquals(
                "1", TestDatabase.text("select count(*) from known_addresses where user_id = ?::uuid", alice.id()));
    }

    @Test
    void events_are_dropped_after_a_day_but_for_the_latest_of_a_user() {
        var alice = registered();
        List.of("one", "two", "three").forEach(alice::add);
        TestDatabase.executeAny(
                "update task_events set happened_at = now() - interval '25 hours' where user_id = ?::uuid", alice.id());

        doChores();

        assertEquals(
                "three",
                TestDatabase.text(
                        "select string_agg(task ->> 'title', ' ') from task_events where user_id = ?::uuid",
                        alice.id()));
    }

    @Test
    void tasks_that_other_programs_loaded_are_found() {
        var alice = registered();
        var milk = alice.create(Map.of("title", "Buy märz milk", "description", "Oat", "tags", List.of("shop")));
        TestDatabase.forgetTerms(milk.path("id"));
        alice.list("q=milk").then().body("$", empty());

        doChores();

        alice.list("q=marz%20oat&tag=shop").then().body("title", contains("Buy märz milk"));
        assertEquals(milk.asString(), alice.get(milk.path("id")).asString());
    }

    @Test
    void replicas_can_do_the_chores_at_the_same_time() {
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

    private void doChores() {
        allDone().await().atMost(Duration.ofSeconds(10));
    }

    private Uni<Void> allDone() {
        return Uni.join()
                .all(chores.stream().map(ChoresTest::untilDone).toList())
                .andFailFast()
                .replaceWithVoid();
    }

    private static Uni<Boolean> untilDone(Chore chore) {
        return chore.doSome()
                .chain(more -> more ? untilDone(chore) : Uni.createFrom().item(false));
    }
}
