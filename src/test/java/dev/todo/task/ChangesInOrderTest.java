package dev.todo.task;

import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user's changes have strictly increasing times, so a client can sync a copy. */
@QuarkusTest
class ChangesInOrderTest {

    @ParameterizedTest
    @ValueSource(strings = {"3 seconds", "1 day"})
    void sync_misses_no_change_after_the_clock_was_set_back(String ahead) {
        var alice = registered();
        var milk = alice.add("Milk");
        var bread = alice.add("Bread");
        TestDatabase.execute(
                "update tasks set updated_at = clock_timestamp() + ?::interval where id = ?::uuid", ahead, milk);
        var seen = alice.get(milk).<String>path("updated_at");
        assertEquals(List.of("Bread", "Milk"), titlesSince(alice, "2020-01-01T00:00:00Z"));

        alice.change(bread, Map.of("title", "Rye bread"));
        alice.add("Added");
        alice.importing("text/csv", "title\nImported\n").then().statusCode(200);
        alice.complete(milk, Map.of("completed", true));
        alice.clearCompleted();
        alice.restore(milk);
        alice.delete(bread);

        assertEquals(List.of("Added", "Imported", "Milk", "Rye bread"), titlesSince(alice, seen));
        var times = times(alice, seen);
        assertEquals(times.stream().distinct().sorted().toList(), times);
        assertTrue(times.get(0).isAfter(Instant.parse(seen)));
    }

    @Test
    void lists_changes_made_during_an_import_once_it_has_ended() {
        var alice = registered();
        alice.add("Before");
        var id = TestDatabase.text(
                "insert into imports (user_id, updated_at, expires_at, tasks)"
                        + " values (?::uuid, time_of_change(?::uuid), now() + interval '1 minute', 1) returning id",
                alice.id(),
                alice.id());
        alice.add("Meanwhile");

        alice.list("sort=title").then().body("title", contains("Before", "Meanwhile"));
        assertEquals(List.of("Before"), titlesSince(alice, "2020-01-01T00:00:00Z"));
        alice.list("updated_since=2020-01-01T00:00:00Z&count=true").then().header("X-Total-Count", equalTo("1"));

        TestDatabase.execute("update imports set expires_at = now() where id = ?::bigint", id);
        assertEquals(List.of("Before", "Meanwhile"), titlesSince(alice, "2020-01-01T00:00:00Z"));
    }

    private static List<String> titlesSince(TodoClient user, String time) {
        return user.list("sort=updated_at&updated_since=" + time).jsonPath().getList("title");
    }

    private static List<Instant> times(TodoClient user, String since) {
        return user
                .list("sort=updated_at&updated_since=" + since)
                .jsonPath()
                .getList("updated_at", String.class)
                .stream()
                .map(Instant::parse)
                .filter(time -> time.isAfter(Instant.parse(since)))
                .toList();
    }
}

@QuarkusIntegrationTest
class ChangesInOrderIT extends ChangesInOrderTest {}
