package dev.todo.task;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.AtOnce.statuses;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.OwnPostgres;
import dev.todo.Replica;
import dev.todo.TestDatabase;
import dev.todo.Tokens;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TASKS_PER_USER, set to 5 here. */
class TaskQuotaIT {

    private static OwnPostgres postgres;
    private static Replica replica;

    private Tokens alice;

    @BeforeAll
    static void start() throws Exception {
        postgres = new OwnPostgres();
        replica = Replica.start(postgres.freshDatabase(), Map.of("TASKS_PER_USER", "5"));
    }

    @AfterAll
    static void stop() throws Exception {
        replica.close();
        postgres.close();
    }

    @BeforeEach
    void register() {
        alice = replica.logIn(replica.registered());
    }

    @Test
    void concurrent_requests_cannot_exceed_the_quota() {
        var answers = atOnce(12, number -> create("Task " + number));

        assertEquals(Map.of(201, 5L, 409, 7L), statuses(answers));
        refused(create("One more"));
        replica.bearing(alice.access()).get("/tasks").then().body("$", hasSize(5));
    }

    @Test
    void tasks_in_the_trash_count_until_they_are_purged_and_can_be_restored() {
        for (var i = 0; i < 4; i++) {
            create("Task").then().statusCode(201);
        }
        var last = create("Last").<String>path("id");
        replica.bearing(alice.access()).delete("/tasks/{id}", last).then().statusCode(204);
        refused(create("One more"));
        replica.bearing(alice.access()).post("/tasks/{id}/restore", last).then().statusCode(200);
        refused(create("One more"));

        TestDatabase.execute("delete from tasks where id = ?::uuid", last);

        create("Room again").then().statusCode(201);
        refused(create("One more"));
    }

    @Test
    void an_import_that_exceeds_the_quota_adds_nothing() {
        create("Task").then().statusCode(201);

        refused(importing("title\na\nb\nc\nd\ne\n"));
        refused(importing("title\na\nb\nc\nd\ne\nf\n"));
        replica.bearing(alice.access()).get("/tasks").then().body("$", hasSize(1));

        importing("title\na\nb\nc\nd\n").then().statusCode(200).body("imported", equalTo(4));
        refused(importing("title\na\n"));
        importing("title\n").then().statusCode(200);
    }

    @Test
    void a_recurring_task_cannot_be_completed_if_the_next_would_exceed_the_quota() {
        for (var i = 0; i < 4; i++) {
            create("Task").then().statusCode(201);
        }
        var daily = create(Map.of("title", "Daily", "due_at", "2030-01-01T00:00:00Z", "recurrence", "FREQ=DAILY"))
                .<String>path("id");

        refused(replica.bearing(alice.access()).patch("/tasks/{id}/complete", daily));

        replica.bearing(alice.access()).get("/tasks/{id}", daily).then().body("completed", equalTo(false));
    }

    @Test
    void a_rejected_request_does_not_use_up_its_key() {
        for (var i = 0; i < 5; i++) {
            create("Task").then().statusCode(201);
        }
        refused(createWithKey());
        TestDatabase.executeAny("delete from tasks where user_id = ?::uuid", Replica.userOf(alice));

        createWithKey().then().statusCode(201);
    }

    private Response createWithKey() {
        return replica.bearing(alice.access())
                .contentType("application/json")
                .header("Idempotency-Key", "key")
                .body(Map.of("title", "With a key"))
                .post("/tasks");
    }

    private Response create(String title) {
        return create(Map.of("title", title));
    }

    private Response create(Map<String, ?> fields) {
        return replica.bearing(alice.access())
                .contentType("application/json")
                .body(fields)
                .post("/tasks");
    }

    private Response importing(String csv) {
        return replica.bearing(alice.access()).contentType("text/csv").body(csv).post("/tasks/import");
    }

    private static void refused(Response answer) {
        answer.then().statusCode(409).body("code", equalTo("too_many_tasks")).body("detail", containsString("5 tasks"));
    }
}
