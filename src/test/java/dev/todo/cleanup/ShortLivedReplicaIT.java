package dev.todo.cleanup;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.OwnPostgres;
import dev.todo.Replica;
import dev.todo.TestDatabase;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Replicas that run only for a short time, as on platforms that scale to zero. */
class ShortLivedReplicaIT {

    @Test
    void cleans_up_within_a_minute_of_starting() throws Exception {
        try (var postgres = new OwnPostgres()) {
            var database = postgres.freshDatabase();
            Replica.start(database, Map.of()).close();
            var user = UUID.randomUUID();
            TestDatabase.execute("insert into deleted_users (id) values (?)", user);
            TestDatabase.execute(
                    "insert into tasks (id, user_id, title) values (gen_random_uuid(), ?, 'Buy milk')", user);
            TestDatabase.executeAny("delete from upkeep");

            try (var replica = Replica.start(database, Map.of())) {
                var end = System.nanoTime() + 60_000_000_000L;
                while (!TestDatabase.text("select count(*) from tasks").equals("0")) {
                    assertTrue(System.nanoTime() < end, "The task should be gone: " + replica.url());
                    Thread.sleep(500);
                }
            }
        }
    }
}
