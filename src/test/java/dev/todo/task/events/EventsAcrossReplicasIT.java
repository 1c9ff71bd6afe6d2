package dev.todo.task.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.Replica;
import dev.todo.TestDatabase;
import dev.todo.Tokens;
import dev.todo.TwoReplicas;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Two services on one database: each sends events for changes made through the other. */
class EventsAcrossReplicasIT extends TwoReplicas {

    private static final int PROMISED_SECONDS = 1;
    private static final String LISTENING =
            " from pg_stat_activity where datname = current_database() and query like 'LISTEN %'";

    @Test
    void a_change_reaches_a_client_of_the_other_replica_within_a_second() throws Exception {
        var alice = one().logIn(one().registered());
        try (var events = reader(other(), alice, null)) {
            for (var number = 0; number < 10; number++) {
                var change = created(one(), alice);

                assertEquals(change, summary(events.nextWithin(PROMISED_SECONDS)));
            }
        }
    }

    @Test
    void a_client_resumes_at_the_other_replica_after_seconds_without_missing_or_repeated_events() throws Exception {
        var alice = one().logIn(one().registered());
        var received = new ArrayList<String>();
        var isOver = new AtomicBoolean();
        try (var before = reader(one(), alice, null)) {
            var changes = CompletableFuture.supplyAsync(() -> changesUntil(isOver, alice));
            String last = null;
            for (var event : before.next(10)) {
                received.add(summary(event));
                last = event.id();
            }
            before.close();
            Thread.sleep(3_000);
            try (var after = reader(other(), alice, last)) {
                received.add(summary(after.next()));
                isOver.set(true);
                var made = changes.join();
                while (!received.get(received.size() - 1).equals(made.get(made.size() - 1))) {
                    received.add(summary(after.next()));
                }

                // Events show the latest state of a task that changed several times, and all of these tasks are deleted
                assertEquals(deletions(made), deletions(received));
                assertEquals(received.stream().distinct().toList(), received);
                assertTrue(states(made).containsAll(states(received)));
                assertTrue(after.isQuiet());
            }
        }
    }

    @Test
    void a_replica_whose_LISTEN_ended_sends_missed_events_and_listens_again() throws Exception {
        var alice = one().logIn(one().registered());
        try (var events = reader(other(), alice, null)) {
            var before = created(one(), alice);
            assertEquals(before, summary(events.next()));
            var cut = TestDatabase.text("select clock_timestamp()");
            var ended = TestDatabase.text("select count(pg_terminate_backend(pid))" + LISTENING);

            var meanwhile = created(one(), alice);
            assertEquals(meanwhile, summary(events.next()));
            awaitListening(ended, cut);
            var afterwards = created(one(), alice);
            assertEquals(afterwards, summary(events.nextWithin(PROMISED_SECONDS)));
        }
    }

    private static List<String> deletions(List<String> changes) {
        return changes.stream()
                .filter(change -> change.startsWith("task.deleted"))
                .toList();
    }

    /** Ids and versions: the task.created event of a task may show a later version. */
    private static List<String> states(List<String> changes) {
        return changes.stream()
                .map(change -> change.substring(change.indexOf(' ')))
                .toList();
    }

    /** Makes one change after another through alternating replicas and returns the expected events. */
    private static List<String> changesUntil(AtomicBoolean isOver, Tokens user) {
        var changes = new ArrayList<String>();
        while (!isOver.get()) {
            var task = task(one(), user);
            changes.add(change("task.created", task));
            changes.add(change("task.updated", other().bearing(user.access()).patch("/tasks/{id}/complete", id(task))));
            one().bearing(user.access()).delete("/tasks/{id}", id(task)).then().statusCode(204);
            changes.add("task.deleted " + id(task) + " 3");
        }
        return changes;
    }

    private static String created(Replica replica, Tokens user) {
        return change("task.created", task(replica, user));
    }

    private static Response task(Replica replica, Tokens user) {
        return replica.bearing(user.access())
                .contentType("application/json")
                .body(Map.of("title", "Buy milk"))
                .post("/tasks");
    }

    private static String change(String name, Response task) {
        return name + " " + id(task) + " " + task.path("version");
    }

    private static String id(Response task) {
        return task.path("id");
    }

    private static String summary(EventReader.Event event) {
        return event.name() + " " + event.data().getString("id") + " "
                + event.data().getInt("version");
    }

    private static EventReader reader(Replica replica, Tokens user, String lastEventId) {
        return new EventReader(replica.url(), user.access(), lastEventId);
    }

    private static void awaitListening(String connections, String since) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!TestDatabase.text("select count(*)" + LISTENING + " and backend_start > ?::timestamptz", since)
                .equals(connections)) {
            assertTrue(System.nanoTime() < end, "No replica listens again");
            Thread.sleep(50);
        }
    }
}
