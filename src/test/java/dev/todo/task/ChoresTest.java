package dev.todo.task;

import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.upkeep.Chore;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
