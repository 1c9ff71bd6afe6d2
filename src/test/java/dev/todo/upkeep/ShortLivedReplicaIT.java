package dev.todo.upkeep;

import static dev.todo.TodoClient.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.OwnPostgres;
import dev.todo.Replica;
import dev.todo.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where replicas are started for a while only, as by platforms that scale to zero. */
class ShortLivedReplicaIT {

    @Test
    void a_replica_cleans_up_within_a_minute_of_its_start() throws Exception {
        try (var postgres = new OwnPostgres();
                var replica = Replica.start(postgres.freshDatabase(), Map.of())) {
            var tokens = replica.logIn(replica.registered());
            replica.bearing(tokens.access())
                    .contentType("application/json")
                    .body(Map.of("title", "Buy milk"))
                    .post("/tasks");
            replica.bearing(tokens.access())
                    .contentType("application/json")
                    .body(Map.of("password", PASSWORD))
                    .delete("/users/me")
                    .then()
                    .statusCode(204);
            assertEquals("1", count());

            var end = System.nanoTime() + 60_000_000_000L;
            while (!count().equals("0")) {
                assertTrue(System.nanoTime() < end, "The task should be gone");
                Thread.sleep(500);
            }
        }
    }

    private static String count() {
        return TestDatabase.text("select count(*) from tasks");
    }
}
