package dev.todo.task;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RecurringTaskTest {

    @Test
    void keeps_rule_and_time_zone_as_sent_until_they_are_removed() {
        var alice = registered();
        var task = alice.add(Map.of(
                "title",
                "Water",
                "due_at",
                "2030-01-31T10:00:00Z",
                "recurrence",
                "COUNT=3;FREQ=MONTHLY",
                "timezone",
                "Asia/Kolkata"));

        alice.get(task)
                .then()
                .body("recurrence", equalTo("COUNT=3;FREQ=MONTHLY"))
                .body("timezone", equalTo("Asia/Kolkata"))
                .body("$", not(hasKey("next")));
        alice.change(task, Map.of("title", "Water the plants"))
                .then()
                .body("recurrence", equalTo("COUNT=3;FREQ=MONTHLY"))
                .body("timezone", equalTo("Asia/Kolkata"));
        alice.change(task, "{\"recurrence\": null, \"timezone\": null}")
                .then()
                .statusCode(200)
                .body("recurrence", nullValue())
                .body("timezone", nullValue());
        alice.replace(task, Map.of("title", "x", "due_at", "2030-01-31T10:00:00Z", "recurrence", "FREQ=DAILY"))
                .then()
                .body("recurrence", equalTo("FREQ=DAILY"));
        alice.replace(task, Map.of("title", "x")).then().statusCode(200).body("recurrence", nullValue());
    }

    @Test
    void completing_creates_and_returns_the_next_task() {
        var alice = registered();
        var task = alice.add(Map.of(
                "title",
                "Report",
                "description",
                "by mail",
                "priority",
                "high",
                "tags",
                List.of("work"),
                "due_at",
                "2030-01-31T09:30:00.123456Z",
                "recurrence",
                "FREQ=MONTHLY;COUNT=3",
                "timezone",
                "Europe/Berlin"));

        var next = alice.complete(task)
                .then()
                .statusCode(200)
                .body("completed", equalTo(true))
                .body("recurrence", equalTo("FREQ=MONTHLY;COUNT=3"))
                .body("version", equalTo(2))
                // 10:30 in Berlin, in summer time; February has no 31st
                .body("next.due_at", equalTo("2030-03-31T08:30:00.123456Z"))
                .body("next.keySet()", hasSize(2))
                .extract()
                .<String>path("next.id");

        alice.get(next)
                .then()
                .statusCode(200)
                .body("title", equalTo("Report"))
                .body("description", equalTo("by mail"))
                .body("priority", equalTo("high"))
                .body("tags", contains("work"))
                .body("due_at", equalTo("2030-03-31T08:30:00.123456Z"))
                .body("recurrence", equalTo("FREQ=MONTHLY;COUNT=2"))
                .body("timezone", equalTo("Europe/Berlin"))
                .body("completed", equalTo(false))
                .body("completed_at", nullValue())
                .body("version", equalTo(1));
        alice.list().then().body("$", hasSize(2));
    }

    @Test
    void the_last_task_has_no_next_one() {
        var alice = registered();
        var task = recurring(alice, "FREQ=DAILY;COUNT=2");

        var last = alice.complete(task).<String>path("next.id");

        alice.get(last).then().body("recurrence", equalTo("FREQ=DAILY;COUNT=1"));
        alice.complete(last)
                .then()
                .statusCode(200)
                .body("completed", equalTo(true))
                .body("$", hasKey("next"))
                .body("next", nullValue());
        alice.list().then().body("$", hasSize(2));
    }

    @Test
    void completing_a_task_that_does_not_recur_returns_no_next() {
        var alice = registered();
        var task = alice.add("Once");

        alice.complete(task).then().statusCode(200).body("$", not(hasKey("next")));
    }

    @Test
    void completing_by_PATCH_or_PUT_creates_the_next_task_too() {
        var alice = registered();
        var patched = recurring(alice, "FREQ=DAILY");
        var put = recurring(alice, "FREQ=DAILY");

        alice.change(patched, Map.of("completed", true)).then().body("next.id", notNullValue());
        alice.replace(
                        put,
                        Map.of(
                                "title",
                                "x",
                                "due_at",
                                "2030-02-01T10:00:00Z",
                                "recurrence",
                                "FREQ=YEARLY",
                                "completed",
                                true))
                .then()
                .body("next.due_at", equalTo("2031-02-01T10:00:00.000000Z"));
        alice.list().then().body("$", hasSize(4));
    }

    @Test
    void a_PATCH_that_adds_a_rule_and_completes_creates_the_next_task() {
        var alice = registered();
        var task = alice.add("Once");

        alice.change(task, Map.of("completed", true, "due_at", "2030-02-01T10:00:00Z", "recurrence", "FREQ=WEEKLY"))
                .then()
                .body("next.due_at", equalTo("2030-02-08T10:00:00.000000Z"));
    }

    @Test
    void a_PUT_without_recurrence_removes_the_rule() {
        var alice = registered();
        var task = recurring(alice, "FREQ=DAILY");

        alice.replace(task, Map.of("title", "x", "completed", true)).then().body("$", not(hasKey("next")));
        alice.list().then().body("$", hasSize(1));
    }

    @Test
    void changing_a_completed_task_creates_no_next_one() {
        var alice = registered();
        var task = recurring(alice, "FREQ=DAILY");
        alice.complete(task);

        alice.change(task, Map.of("title", "Done")).then().statusCode(200).body("$", not(hasKey("next")));
        alice.complete(task, Map.of("completed", true)).then().statusCode(200).body("$", not(hasKey("next")));
        alice.list().then().body("$", hasSize(2));
    }

    @Test
    void a_task_created_as_completed_has_no_next_one() {
        var alice = registered();

        alice.create(Map.of(
                        "title", "x", "completed", true, "due_at", "2030-01-01T10:00:00Z", "recurrence", "FREQ=DAILY"))
                .then()
                .statusCode(201)
                .body("$", not(hasKey("next")));
        alice.list().then().body("$", hasSize(1));
    }

    @Test
    void completing_again_returns_the_existing_next_task() {
        var alice = registered();
        var task = recurring(alice, "FREQ=DAILY");
        var next = alice.complete(task).<String>path("next.id");
        alice.complete(task).then().body("completed", equalTo(false)).body("$", not(hasKey("next")));

        alice.complete(task).then().body("completed", equalTo(true)).body("next.id", equalTo(next));

        alice.list().then().body("$", hasSize(2));
    }

    @Test
    void completing_again_does_not_restore_a_deleted_next_task() {
        var alice = registered();
        var task = recurring(alice, "FREQ=DAILY");
        alice.delete(alice.complete(task).path("next.id"));
        alice.complete(task);

        alice.complete(task).then().body("completed", equalTo(true)).body("next", nullValue());

        alice.list().then().body("$", hasSize(1));
    }

    @Test
    void twenty_concurrent_completions_create_one_next_task() {
        var alice = registered();
        var task = recurring(alice, "FREQ=DAILY");

        var answers = atOnce(20, number -> alice.complete(task, Map.of("completed", true)));

        assertTrue(answers.stream().allMatch(answer -> answer.statusCode() == 200));
        assertEquals(
                1,
                answers.stream()
                        .filter(answer -> answer.path("next.id") != null)
                        .count());
        alice.list().then().body("$", hasSize(2));
    }

    @Test
    void the_next_of_an_overdue_task_is_due_in_the_future() {
        var alice = registered();
        var threeDaysAgo = Instant.now().minus(Duration.ofDays(3)).minus(Duration.ofHours(1));
        var task = alice.add(
                Map.of("title", "Late", "due_at", threeDaysAgo.toString(), "recurrence", "FREQ=DAILY;COUNT=9"));

        var completed = alice.complete(task);

        var due = Instant.parse(completed.<String>path("next.due_at"));
        assertTrue(due.isAfter(Instant.now()));
        assertTrue(due.isBefore(Instant.now().plus(Duration.ofDays(1))));
        // The completed one, and three missed ones
        alice.get(completed.path("next.id")).then().body("recurrence", equalTo("FREQ=DAILY;COUNT=5"));
    }

    @Test
    void an_overdue_task_whose_rule_has_ended_has_no_next_one() {
        var alice = registered();
        var task = alice.add(
                Map.of("title", "Late", "due_at", "2020-01-01T10:00:00Z", "recurrence", "FREQ=DAILY;UNTIL=20200201"));

        alice.complete(task).then().body("$", hasKey("next")).body("next", nullValue());
    }

    @Test
    void a_time_skipped_by_daylight_saving_returns_the_next_day() {
        var alice = registered();
        var task = alice.add(Map.of(
                "title",
                "x",
                "due_at",
                "2030-03-09T07:30:00Z",
                "recurrence",
                "FREQ=DAILY",
                "timezone",
                "America/New_York"));

        var skipped = alice.complete(task);
        var after = alice.complete(skipped.<String>path("next.id"));

        // 02:30 in winter time, that is 03:30 in summer time on that day; then 02:30 in summer time
        assertEquals("2030-03-10T07:30:00.000000Z", skipped.path("next.due_at"));
        assertEquals("2030-03-11T06:30:00.000000Z", after.path("next.due_at"));
    }

    @Test
    void the_rule_restarts_from_a_changed_due_date() {
        var alice = registered();
        var next = alice.complete(recurring(alice, "FREQ=DAILY")).<String>path("next.id");
        alice.change(next, Map.of("due_at", "2030-05-01T08:00:00Z"));

        alice.complete(next).then().body("next.due_at", equalTo("2030-05-02T08:00:00.000000Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "RRULE:FREQ=DAILY",
                "freq=daily",
                "FREQ=HOURLY",
                "FREQ=WEEKLY;WKST=MO",
                "FREQ=WEEKLY;BYMONTH=1",
                "FREQ=DAILY;COUNT=0",
                "FREQ=DAILY;COUNT=2;UNTIL=20400101",
                "FREQ=DAILY;UNTIL=20300101T100000",
                "FREQ=DAILY;UNTIL=20300130",
                "FREQ=DAILY;UNTIL=20300131T095959Z"
            })
    void rejects_rules_outside_the_subset(String rule) {
        var alice = registered();
        var task = alice.add(Map.of("title", "x", "due_at", "2030-01-31T10:00:00Z"));
        var fields = Map.of("title", "x", "due_at", "2030-01-31T10:00:00Z", "recurrence", rule);

        refused(alice.create(fields), "recurrence");
        refused(alice.replace(task, fields), "recurrence");
        refused(alice.change(task, Map.of("recurrence", rule)), "recurrence");
    }

    @Test
    void a_rule_requires_a_due_date() {
        var alice = registered();
        var task = recurring(alice, "FREQ=DAILY");

        refused(alice.create(Map.of("title", "x", "recurrence", "FREQ=DAILY")), "recurrence");
        refused(alice.change(task, "{\"due_at\": null}"), "recurrence");
        alice.change(task, "{\"due_at\": null, \"recurrence\": null}").then().statusCode(200);
    }

    @Test
    void rejects_a_due_date_after_the_end_of_the_rule() {
        var alice = registered();
        var task = recurring(alice, "FREQ=DAILY;UNTIL=20300131");

        refused(alice.change(task, Map.of("due_at", "2030-02-01T00:00:00Z")), "recurrence");
        // Still the 31st in Los Angeles
        alice.change(task, Map.of("due_at", "2030-02-01T00:00:00Z", "timezone", "America/Los_Angeles"))
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Berlin", "europe/berlin", "+02:00", "UTC+2", "Z", "CEST", "Mars/Olympus"})
    void rejects_time_zones_without_an_IANA_name(String zone) {
        refused(registered().create(Map.of("title", "x", "timezone", zone)), "timezone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Kyiv", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "US/Pacific"})
    void accepts_IANA_names_without_a_rule(String zone) {
        registered()
                .create(Map.of("title", "x", "timezone", zone))
                .then()
                .statusCode(201)
                .body("timezone", equalTo(zone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recurrence", "timezone"})
    void rejects_values_that_are_not_strings(String member) {
        var fields = new HashMap<String, Object>(Map.of("title", "x", "due_at", "2030-01-31T10:00:00Z"));
        fields.put(member, 5);

        registered().create(fields).then().statusCode(400).body("code", equalTo("malformed_request"));
    }

    private static String recurring(TodoClient user, String rule) {
        return user.add(Map.of("title", "Again", "due_at", "2030-01-31T10:00:00Z", "recurrence", rule));
    }

    private static void refused(Response response, String field) {
        response.then()
                .statusCode(422)
                .body("code", equalTo("validation_failed"))
                .body("errors.field", contains(field));
    }
}

@QuarkusIntegrationTest
class RecurringTaskIT extends RecurringTaskTest {}
