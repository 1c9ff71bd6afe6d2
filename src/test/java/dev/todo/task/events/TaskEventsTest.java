package dev.todo.task.events;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TaskEventsTest {

    @Test
    void a_stream_starts_with_a_heartbeat_and_repeats_it() throws Exception {
        try (var events = EventReader.of(registered())) {
            assertEquals(200, events.response().statusCode());
            assertTrue(events.response()
                    .headers()
                    .firstValue("Content-Type")
                    .orElse("")
                    .startsWith("text/event-stream"));
            assertNotNull(events.nextComment(5));
            assertNotNull(events.nextComment(17), "one heartbeat every 15 seconds");
        }
    }

    @Test
    void tells_proxies_to_pass_events_on_at_once() throws Exception {
        try (var events = EventReader.of(registered())) {
            var headers = events.response().headers();

            assertEquals(List.of("no"), headers.allValues("X-Accel-Buffering"));
            assertEquals(List.of("no-store, no-transform"), headers.allValues("Cache-Control"));
        }
    }

    @Test
    void sends_an_event_with_the_task_for_each_change_in_order() throws Exception {
        var alice = registered();
        try (var events = EventReader.of(alice)) {
            var milk = alice.add(Map.of(
                    "title",
                    "Buy “milk” 🥛",
                    "tags",
                    List.of("a"),
                    "due_at",
                    "2030-01-01T00:00:00.5Z",
                    "priority",
                    "high"));
            assertEvent("task.created", alice.get(milk).jsonPath(), events.next());

            alice.change(milk, Map.of("description", "Oat\nmilk"));
            assertEvent("task.updated", alice.get(milk).jsonPath(), events.next());

            alice.complete(milk);
            assertEvent("task.updated", alice.get(milk).jsonPath(), events.next());

            alice.delete(milk);
            var deleted = events.next();
            assertEquals("task.deleted", deleted.name());
            assertEquals(
                    Set.of("id", "version", "deleted_at"),
                    deleted.data().getMap("").keySet());
            assertEquals(milk, deleted.data().getString("id"));
            assertTrue(deleted.data().getString("deleted_at").endsWith("Z"));
        }
    }

    @Test
    void sends_the_last_of_several_rapid_changes() throws Exception {
        var alice = registered();
        try (var events = EventReader.of(alice)) {
            var milk = alice.add("Buy milk");
            alice.change(milk, Map.of("title", "Buy bread"));
            alice.delete(milk);

            var event = events.next();
            while (!event.name().equals("task.deleted")) {
                event = events.next();
            }
            assertEquals(milk, event.data().getString("id"));
            assertEquals(3, event.data().getInt("version"));
            assertTrue(events.isQuiet());
        }
    }

    @Test
    void a_task_changed_before_its_first_event_is_sent_as_created_in_its_latest_state() throws Exception {
        var alice = registered();
        String last;
        try (var events = EventReader.of(alice)) {
            alice.add("Before");
            last = events.next().id();
        }
        var milk = alice.add("Buy milk");
        IntStream.range(0, 120).forEach(i -> alice.add("Task " + i));
        alice.complete(milk);
        try (var events = EventReader.of(alice, last)) {
            var received = events.next(121);

            assertEquals(
                    Set.of("task.created"),
                    received.stream().map(EventReader.Event::name).collect(Collectors.toSet()));
            assertEvent("task.created", alice.get(milk).jsonPath(), received.get(120));

            alice.complete(milk);
            assertEvent("task.updated", alice.get(milk).jsonPath(), events.next());
        }
    }

    @Test
    void restoring_a_task_sends_an_update() throws Exception {
        var alice = registered();
        var milk = alice.add("Buy milk");
        alice.delete(milk);
        try (var events = EventReader.of(alice)) {
            alice.restore(milk);

            assertEvent("task.updated", alice.get(milk).jsonPath(), events.next());
        }
    }

    @Test
    void clearing_and_importing_send_one_event_per_task() throws Exception {
        var alice = registered();
        try (var events = EventReader.of(alice)) {
            alice.importing("text/csv", "title,completed\n" + "Task,true\n".repeat(130))
                    .then()
                    .statusCode(200);
            assertEquals(
                    Collections.nCopies(130, "task.created"),
                    events.next(130).stream().map(EventReader.Event::name).toList());

            alice.clearCompleted().then().body("deleted", equalTo(130));
            assertEquals(
                    Collections.nCopies(130, "task.deleted"),
                    events.next(130).stream().map(EventReader.Event::name).toList());
            assertTrue(events.isQuiet());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3 seconds", "1 day"})
    void sends_changes_made_after_the_clock_was_set_back(String ahead) throws Exception {
        var alice = registered();
        var milk = alice.add("Buy milk");
        TestDatabase.execute(
                "update tasks set updated_at = clock_timestamp() + ?::interval where id = ?::uuid", ahead, milk);
        String last;
        try (var events = EventReader.of(alice)) {
            alice.change(milk, Map.of("title", "Buy bread"));
            var event = events.next();
            assertEvent("task.updated", alice.get(milk).jsonPath(), event);
            last = event.id();
            alice.add("Later");
            assertEquals("Later", events.next().data().getString("title"));
        }
        try (var events = EventReader.of(alice, last)) {
            assertEquals("Later", events.next().data().getString("title"));
        }
    }

    @Test
    void resets_after_a_change_that_was_lost_in_a_failover() throws Exception {
        var alice = registered();
        var milk = alice.add("Buy milk");
        String changed;
        String created;
        try (var events = EventReader.of(alice)) {
            alice.change(milk, Map.of("title", "Lost"));
            changed = events.next().id();
            var lost = alice.add("Lost, too");
            created = events.next().id();
            TestDatabase.execute("delete from tasks where id = ?::uuid", lost);
            TestDatabase.execute(
                    "update tasks set updated_at = created_at, version = 1, title = 'Buy milk' where id = ?::uuid",
                    milk);
        }
        alice.add("After the failover");
        for (var last : List.of(changed, created)) {
            try (var events = EventReader.of(alice, last)) {
                assertEquals("reset", events.next().name());
            }
        }
    }

    @Test
    void a_client_without_tasks_can_resume() throws Exception {
        var alice = registered();
        String last;
        try (var events = EventReader.of(alice, "unknown")) {
            last = events.next().id();
        }
        alice.add("First");
        try (var events = EventReader.of(alice, last)) {
            assertEquals("First", events.next().data().getString("title"));
        }
    }

    @Test
    void sends_no_events_for_other_users_tasks() throws Exception {
        var alice = registered();
        try (var events = EventReader.of(alice)) {
            registered().add("Not yours");

            assertTrue(events.isQuiet());
        }
    }

    @Test
    void sends_no_events_for_earlier_changes() throws Exception {
        var alice = registered();
        alice.add("Long ago");
        try (var events = EventReader.of(alice)) {
            alice.add("Now");

            assertEquals("Now", events.next().data().getString("title"));
        }
    }

    @Test
    void resumes_without_missing_or_repeated_events() throws Exception {
        var alice = registered();
        String last;
        try (var events = EventReader.of(alice)) {
            alice.add("Before");
            last = events.next().id();
        }
        var milk = alice.add("Meanwhile");
        alice.complete(milk);
        var bread = alice.add("Bread");
        alice.delete(bread);
        try (var events = EventReader.of(alice, last)) {
            alice.add("Afterwards");

            assertEquals(
                    List.of("task.created " + milk, "task.deleted " + bread, "task.created"),
                    Stream.concat(
                                    events.next(2).stream()
                                            .map(event -> event.name() + " "
                                                    + event.data().getString("id")),
                                    Stream.of(events.next().name()))
                            .toList());
            assertTrue(events.isQuiet());
        }
    }

    @Test
    void sends_one_page_of_events_after_another() throws Exception {
        var alice = registered();
        String last;
        try (var events = EventReader.of(alice)) {
            alice.add("Before");
            last = events.next().id();
        }
        IntStream.range(0, 230).forEach(i -> alice.add("Task " + i));
        try (var events = EventReader.of(alice, last)) {
            var titles = events.next(230).stream()
                    .map(event -> event.data().getString("title"))
                    .toList();

            assertEquals(IntStream.range(0, 230).mapToObj(i -> "Task " + i).toList(), titles);
        }
    }

    @Test
    void every_client_receives_each_concurrent_change_once() throws Exception {
        var alice = registered();
        try (var one = EventReader.of(alice);
                var other = EventReader.of(alice)) {
            var created = new TreeSet<String>();
            IntStream.range(0, 40)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> alice.add("Task " + i)))
                    .toList()
                    .forEach(task -> created.add(task.join()));

            for (var reader : List.of(one, other)) {
                var received = reader.next(40);
                assertEquals(
                        created,
                        new TreeSet<>(received.stream()
                                .map(event -> event.data().getString("id"))
                                .toList()));
                var times = received.stream()
                        .map(event -> event.data().getString("updated_at"))
                        .toList();
                assertEquals(times.stream().sorted().distinct().toList(), times);
                assertTrue(reader.isQuiet());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999999",
                "-1",
                "first",
                "0",
                "99999999999999999999999",
                "9999999999999999-01900000-0000-7000-8000-000000000000",
                "1-01900000-0000-7000-8000-000000000000"
            })
    void resets_after_an_unknown_event(String last) throws Exception {
        var alice = registered();
        alice.add("Before");
        try (var events = EventReader.of(alice, last)) {
            var reset = events.next();
            assertEquals("reset", reset.name());
            assertNotNull(reset.id());
            assertEquals(Map.of(), reset.data().getMap(""));

            alice.add("Afterwards");
            assertEquals("Afterwards", events.next().data().getString("title"));
        }
    }

    @Test
    void resets_after_another_users_event() throws Exception {
        var alice = registered();
        var bob = registered();
        String last;
        try (var events = EventReader.of(alice)) {
            alice.add("Mine");
            last = events.next().id();
        }
        try (var events = EventReader.of(bob, last)) {
            assertEquals("reset", events.next().name());
        }
    }

    @Test
    void a_stream_ends_with_its_session() throws Exception {
        var alice = registered();
        try (var events = EventReader.of(alice)) {
            assertNotNull(events.nextComment(5));

            alice.request().post("/auth/logout").then().statusCode(204);

            assertTrue(events.hasEndedWithin(15));
        }
    }

    @Test
    void disabling_a_user_ends_only_their_streams() throws Exception {
        var alice = registered();
        var bob = registered();
        try (var events = EventReader.of(alice);
                var others = EventReader.of(bob)) {
            TestDatabase.disable(alice);

            assertTrue(events.hasEndedWithin(15));
            assertFalse(others.hasEndedWithin(1));
            bob.add("Still sent");
            assertEquals("Still sent", others.next().data().getString("title"));
        }
    }

    @Test
    void a_stream_requires_authentication() {
        anyone().accept("text/event-stream").get("/tasks/events").then().statusCode(401);
    }

    @Test
    void serves_events_only_as_an_event_stream() {
        registered()
                .request()
                .accept("application/json")
                .get("/tasks/events")
                .then()
                .statusCode(406)
                .body("code", equalTo("not_acceptable"));
    }

    @Test
    void rejects_an_unknown_query_parameter() {
        registered().request().get("/tasks/events?since=1").then().statusCode(400);
    }

    private static void assertEvent(String name, JsonPath task, EventReader.Event event) {
        assertEquals(name, event.name());
        assertEquals(task.getMap(""), event.data().getMap(""));
    }
}

@QuarkusIntegrationTest
class TaskEventsIT extends TaskEventsTest {}
