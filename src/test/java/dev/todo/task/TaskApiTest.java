package dev.todo.task;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.AtOnce;
import dev.todo.RawHttp;
import dev.todo.TestDatabase;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TaskApiTest {

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

    private static final Map<String, Object> EVERYTHING = Map.of(
            "title", "Buy milk",
            "description", "Oat, 2 litres",
            "completed", true,
            "priority", "high",
            "due_at", "2026-12-24T18:00:00Z",
            "tags", List.of("shopping", "home"));

    private static final String WAITS_FOR_TASKS =
            "select exists (select from pg_locks where not granted and relation = 'tasks'::regclass)";

    // Create

    @Test
    void only_the_title_is_required() {
        var alice = registered();

        var answer = alice.create(Map.of("title", "Buy milk"));

        answer.then()
                .statusCode(201)
                .contentType("application/json")
                .header("Location", "/tasks/" + answer.path("id"))
                .body("$", aMapWithSize(14))
                .body("id", matchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
                .body("user_id", equalTo(alice.id()))
                .body("title", equalTo("Buy milk"))
                .body("description", nullValue())
                .body("completed", equalTo(false))
                .body("completed_at", nullValue())
                .body("priority", equalTo("medium"))
                .body("due_at", nullValue())
                .body("tags", empty())
                .body("recurrence", nullValue())
                .body("timezone", nullValue())
                .body("created_at", matchesRegex(TIME))
                .body("updated_at", equalTo(answer.path("created_at")))
                .body("version", equalTo(1));
    }

    @Test
    void creates_a_task_with_every_member() {
        registered()
                .create(EVERYTHING)
                .then()
                .statusCode(201)
                .body("description", equalTo("Oat, 2 litres"))
                .body("completed", equalTo(true))
                .body("completed_at", matchesRegex(TIME))
                .body("priority", equalTo("high"))
                .body("due_at", equalTo("2026-12-24T18:00:00.000000Z"))
                .body("tags", contains("shopping", "home"));
    }

    @Test
    void null_members_take_their_defaults() {
        registered()
                .create("{\"title\": \"Milk\", \"description\": null, \"completed\": null, \"priority\": null,"
                        + " \"due_at\": null, \"tags\": null}")
                .then()
                .statusCode(201)
                .body("completed", equalTo(false))
                .body("priority", equalTo("medium"))
                .body("tags", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {" \\t\\n Milk \\r\\n", "\\u00A0Milk\\u3000", "\\u2028Milk\\u0085"})
    void trims_the_title(String title) {
        registered()
                .create("{\"title\": \"" + title + "\"}")
                .then()
                .statusCode(201)
                .body("title", equalTo("Milk"));
    }

    @Test
    void keeps_the_description_as_sent() {
        registered()
                .create("{\"title\": \"Milk\", \"description\": \"  two\\r\\n\\tlines \"}")
                .then()
                .body("description", equalTo("  two\r\n\tlines "));
        registered()
                .create("{\"title\": \"Milk\", \"description\": \"\"}")
                .then()
                .statusCode(201)
                .body("description", emptyString());
    }

    @Test
    void trims_and_deduplicates_tags_in_order() {
        registered()
                .create(Map.of("title", "Milk", "tags", List.of(" b ", "a", "b", "B")))
                .then()
                .statusCode(201)
                .body("tags", contains("b", "a", "B"));
    }

    @Test
    void counts_repeated_tags_once_against_the_limit_of_twenty() {
        var tags = IntStream.range(0, 60).mapToObj(i -> "tag " + i % 20).toList();

        registered()
                .create(Map.of("title", "Milk", "tags", tags))
                .then()
                .statusCode(201)
                .body("tags.size()", equalTo(20));
    }

    @Test
    void counts_lengths_in_code_points() {
        var horse = "\uD83D\uDC0E";

        registered()
                .create(Map.of(
                        "title", horse.repeat(200),
                        "description", horse.repeat(4000),
                        "tags", List.of(horse.repeat(50))))
                .then()
                .statusCode(201)
                .body("title", equalTo(horse.repeat(200)))
                .body("description", equalTo(horse.repeat(4000)))
                .body("tags", contains(horse.repeat(50)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-12-24T18:00:00Z, 2026-12-24T18:00:00.000000Z",
        "2026-12-24t18:00:00z, 2026-12-24T18:00:00.000000Z",
        "2026-12-24T18:00:00.1234567Z, 2026-12-24T18:00:00.123456Z",
        "2026-12-24T18:00:00+05:30, 2026-12-24T12:30:00.000000Z",
        "2026-12-31T23:30:00-01:00, 2027-01-01T00:30:00.000000Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
    })
    void returns_times_in_UTC_with_microseconds(String given, String shown) {
        var alice = registered();

        var milk = alice.add(Map.of("title", "Milk", "due_at", given));

        alice.get(milk).then().statusCode(200).body("due_at", equalTo(shown));
    }

    // Get

    @Test
    void returns_a_task_as_it_was_created() {
        var alice = registered();
        var created = alice.create(EVERYTHING);

        var got = alice.get(created.path("id"));

        got.then().statusCode(200).contentType("application/json");
        assertEquals(created.asString(), got.asString());
    }

    @Test
    void the_Location_of_a_new_task_returns_it() {
        var alice = registered();

        var location = alice.create(Map.of("title", "Milk")).header("Location");

        alice.request().get(location).then().statusCode(200).body("title", equalTo("Milk"));
    }

    @Test
    void an_unknown_task_is_not_found() {
        registered()
                .get(UUID.randomUUID().toString())
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not_found"));
    }

    // Put

    @Test
    void PUT_replaces_every_member() {
        var alice = registered();
        var milk = alice.create(Map.of("title", "Milk"));

        var replaced = alice.replace(milk.path("id"), EVERYTHING);

        replaced.then()
                .statusCode(200)
                .body("id", equalTo(milk.path("id")))
                .body("title", equalTo("Buy milk"))
                .body("description", equalTo("Oat, 2 litres"))
                .body("completed", equalTo(true))
                .body("completed_at", matchesRegex(TIME))
                .body("priority", equalTo("high"))
                .body("due_at", equalTo("2026-12-24T18:00:00.000000Z"))
                .body("tags", contains("shopping", "home"))
                .body("created_at", equalTo(milk.path("created_at")))
                .body("updated_at", not(equalTo(milk.path("updated_at"))))
                .body("version", equalTo(2));
        assertEquals(replaced.asString(), alice.get(milk.path("id")).asString());
    }

    @Test
    void PUT_resets_missing_members_to_their_defaults() {
        var alice = registered();
        var milk = alice.add(EVERYTHING);

        alice.replace(milk, Map.of("title", "Buy milk"))
                .then()
                .statusCode(200)
                .body("description", nullValue())
                .body("completed", equalTo(false))
                .body("completed_at", nullValue())
                .body("priority", equalTo("medium"))
                .body("due_at", nullValue())
                .body("tags", empty());
    }

    @Test
    void PUT_requires_a_title() {
        var alice = registered();
        var milk = alice.add("Milk");

        alice.replace(milk, Map.of("priority", "low"))
                .then()
                .statusCode(422)
                .body("code", equalTo("validation_failed"))
                .body("errors.field", contains("title"));
        alice.get(milk).then().body("version", equalTo(1));
    }

    @Test
    void PUT_of_an_identical_task_changes_nothing() {
        var alice = registered();
        var milk = alice.create(EVERYTHING);

        var replaced = alice.replace(milk.path("id"), EVERYTHING);

        assertEquals(milk.asString(), replaced.asString());
    }

    // Patch

    @Test
    void PATCH_changes_only_the_members_it_contains() {
        var alice = registered();
        var milk = alice.create(EVERYTHING);

        alice.change(milk.path("id"), "{\"title\": \" Buy oat milk \"}")
                .then()
                .statusCode(200)
                .body("title", equalTo("Buy oat milk"))
                .body("description", equalTo("Oat, 2 litres"))
                .body("completed", equalTo(true))
                .body("completed_at", equalTo(milk.path("completed_at")))
                .body("priority", equalTo("high"))
                .body("due_at", equalTo("2026-12-24T18:00:00.000000Z"))
                .body("tags", contains("shopping", "home"))
                .body("version", equalTo(2));
    }

    @Test
    void PATCH_accepts_plain_JSON() {
        var alice = registered();
        var milk = alice.add("Milk");

        alice.request()
                .contentType("application/json")
                .body("{\"priority\": \"low\"}")
                .patch("/tasks/{id}", milk)
                .then()
                .statusCode(200)
                .body("priority", equalTo("low"));
    }

    @Test
    void null_in_a_PATCH_resets_a_member_to_its_default() {
        var alice = registered();
        var milk = alice.add(EVERYTHING);

        alice.change(
                        milk,
                        "{\"description\": null, \"completed\": null, \"priority\": null, \"due_at\": null,"
                                + " \"tags\": null}")
                .then()
                .statusCode(200)
                .body("title", equalTo("Buy milk"))
                .body("description", nullValue())
                .body("completed", equalTo(false))
                .body("completed_at", nullValue())
                .body("priority", equalTo("medium"))
                .body("due_at", nullValue())
                .body("tags", empty());
    }

    @Test
    void PATCH_rejects_a_null_title() {
        var alice = registered();
        var milk = alice.add("Milk");

        alice.change(milk, "{\"title\": null}").then().statusCode(422).body("errors.field", contains("title"));
    }

    @Test
    void PATCH_replaces_arrays_as_a_whole() {
        var alice = registered();
        var milk = alice.add(EVERYTHING);

        alice.change(milk, "{\"tags\": [\"new\"]}").then().statusCode(200).body("tags", contains("new"));
    }

    @Test
    void an_empty_PATCH_changes_nothing() {
        var alice = registered();
        var milk = alice.create(EVERYTHING);

        var patched = alice.change(milk.path("id"), "{}");

        patched.then().statusCode(200);
        assertEquals(milk.asString(), patched.asString());
    }

    @Test
    void completing_by_PATCH_sets_the_completion_time() {
        var alice = registered();
        var milk = alice.add("Milk");

        alice.change(milk, "{\"completed\": true}").then().statusCode(200).body("completed_at", matchesRegex(TIME));
        alice.change(milk, "{\"completed\": false}").then().statusCode(200).body("completed_at", nullValue());
    }

    @Test
    void a_rejected_PATCH_changes_nothing() {
        var alice = registered();
        var milk = alice.create(EVERYTHING);

        alice.change(milk.path("id"), "{\"title\": \"Changed\", \"priority\": \"urgent\"}")
                .then()
                .statusCode(422);

        assertEquals(milk.asString(), alice.get(milk.path("id")).asString());
    }

    @Test
    void applies_concurrent_changes_one_after_another() {
        var alice = registered();
        var milk = alice.add("Milk");
        var patches = List.of(
                "{\"title\": \"Oat milk\"}",
                "{\"description\": \"2 litres\"}",
                "{\"priority\": \"high\"}",
                "{\"due_at\": \"2026-12-24T18:00:00Z\"}",
                "{\"tags\": [\"shopping\"]}",
                "{\"completed\": true}");

        var answers = atOnce(patches.size(), number -> alice.change(milk, patches.get(number)));

        answers.forEach(answer -> assertEquals(200, answer.statusCode()));
        alice.get(milk)
                .then()
                .body("title", equalTo("Oat milk"))
                .body("description", equalTo("2 litres"))
                .body("priority", equalTo("high"))
                .body("due_at", notNullValue())
                .body("tags", contains("shopping"))
                .body("completed", equalTo(true))
                .body("version", equalTo(7));
    }

    // Complete

    @Test
    void completing_without_a_body_toggles_the_state() {
        var alice = registered();
        var milk = alice.add("Milk");

        alice.complete(milk)
                .then()
                .statusCode(200)
                .body("completed", equalTo(true))
                .body("completed_at", matchesRegex(TIME))
                .body("version", equalTo(2));
        alice.complete(milk)
                .then()
                .statusCode(200)
                .body("completed", equalTo(false))
                .body("completed_at", nullValue())
                .body("version", equalTo(3));
    }

    @Test
    void completing_with_an_empty_JSON_body_toggles_too() {
        var alice = registered();
        var milk = alice.add("Milk");

        alice.request()
                .contentType("application/json")
                .patch("/tasks/{id}/complete", milk)
                .then()
                .statusCode(200)
                .body("completed", equalTo(true));
    }

    @Test
    void completing_twice_keeps_the_first_completion_time() {
        var alice = registered();
        var milk = alice.add("Milk");

        var first = alice.complete(milk, "{\"completed\": true}");
        var second = alice.complete(milk, "{\"completed\": true}");

        first.then().statusCode(200).body("completed", equalTo(true));
        assertEquals(first.asString(), second.asString());
    }

    @Test
    void reopens_a_task_on_request() {
        var alice = registered();
        var milk = alice.add(EVERYTHING);

        alice.complete(milk, "{\"completed\": false}")
                .then()
                .statusCode(200)
                .body("completed", equalTo(false))
                .body("completed_at", nullValue());
    }

    @Test
    void applies_every_concurrent_toggle() {
        var alice = registered();
        var milk = alice.add("Milk");

        var answers = atOnce(6, number -> alice.complete(milk));

        answers.forEach(answer -> assertEquals(200, answer.statusCode()));

        alice.get(milk).then().body("completed", equalTo(false)).body("version", equalTo(7));
    }

    @Test
    void completes_a_change_after_its_client_has_hung_up() throws Exception {
        var alice = registered();
        var milk = alice.add("Buy milk");

        try (var other = TestDatabase.connect();
                var lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table tasks");
            try (var client = RawHttp.begin(
                    "PATCH /tasks/" + milk + "/complete", "Authorization: Bearer " + alice.token() + "\r\n")) {
                until(() -> TestDatabase.text(WAITS_FOR_TASKS).equals("t"));
            }
            // Let the service notice
            Thread.sleep(300);
            other.rollback();
        }

        until(() -> alice.get(milk).path("completed"));
    }

    // Delete

    @Test
    void no_call_finds_a_deleted_task() {
        var alice = registered();
        var milk = alice.add("Milk");

        var deleted = alice.delete(milk);

        deleted.then().statusCode(204).body(emptyString());
        List<Response> afterwards = List.of(
                alice.get(milk),
                alice.replace(milk, EVERYTHING),
                alice.change(milk, "{\"title\": \"Oat milk\"}"),
                alice.complete(milk),
                alice.delete(milk));
        afterwards.forEach(answer -> assertEquals(404, answer.statusCode()));
        alice.list().then().body("$", empty());
    }

    @Test
    void only_one_of_several_concurrent_deletions_succeeds() {
        var alice = registered();
        var milk = alice.add("Milk");

        var answers = atOnce(4, number -> alice.delete(milk));

        assertEquals(Map.of(204, 1L, 404, 3L), AtOnce.statuses(answers));
    }

    // Text

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67\u200D\uD83D\uDC66 \uD83C\uDDEA\uD83C\uDDFA \uD83D\uDC4D\uD83C\uDFFD",
                "e\u0301 is not \u00E9, and A\u030A is neither \u00C5 nor \u212B",
                "Z\u0351\u036B\u0343\u036Aa\u0321\u034Al\u0353\u0348g\u0355o",
                "\u05E9\u05DC\u05D5\u05DD \u200F\u0627\u0644\u0639\u0631\u0628\u064A\u0629\u200E abc \u202Ertl\u202C",
                "\u0928\u092E\u0938\u094D\u0924\u0947 \u4F60\u597D \uD842\uDFB7 \uAC00\u1100\u1161",
                "\uFB01 \uFF21 \u00BD \u2460 \u1E9E \u0130 \u0131",
                "\uFEFFa byte order mark, \uFFFE, \uFFFF and \uDBFF\uDFFF",
                "\uFFFD and \uE000 and \u200B",
                "\" ' ` \\ / %00 ${x} #{y} '; drop table tasks; --",
                "<script>alert(1)</script> &amp; &lt;"
            })
    void returns_text_code_point_for_code_point(String text) {
        var alice = registered();

        var task = alice.add(Map.of("title", text, "description", text, "tags", List.of(text)));

        alice.get(task)
                .then()
                .statusCode(200)
                .body("title", equalTo(text))
                .body("description", equalTo(text))
                .body("tags", contains(text));
    }

    @Test
    void escaped_and_unescaped_text_are_equal() {
        registered()
                .create("{\"title\": \"\\uD83D\\uDC0E \\u00e9\"}")
                .then()
                .statusCode(201)
                .body("title", equalTo("\uD83D\uDC0E \u00e9"));
    }

    @Test
    void rejects_an_overlong_encoding_of_a_slash() {
        var json = "{\"title\": \"a??b\"}".getBytes(StandardCharsets.UTF_8);
        json[12] = (byte) 0xC0;
        json[13] = (byte) 0xAF;

        registered().create(json).then().statusCode(400).body("code", equalTo("malformed_request"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\u0000b", "\\uD83D", "\\uDC0E", "\\uDC0E\\uD83D", "\\uD83D\\uD83D\\uDC0E", "x\\uD83Dx"})
    void rejects_invalid_characters(String escaped) {
        var alice = registered();

        alice.create("{\"title\": \"" + escaped + "\"}").then().statusCode(422).body("errors.field", contains("title"));
        alice.create("{\"title\": \"Milk\", \"description\": \"" + escaped + "\"}")
                .then()
                .statusCode(422)
                .body("errors.field", contains("description"));
        alice.create("{\"title\": \"Milk\", \"tags\": [\"" + escaped + "\"]}")
                .then()
                .statusCode(422)
                .body("errors.field", contains("tags[0]"));
    }

    private static void until(BooleanSupplier isSo) throws InterruptedException {
        for (var i = 0; !isSo.getAsBoolean(); i++) {
            assertTrue(i < 50, "not within five seconds");
            Thread.sleep(100);
        }
    }
}

@QuarkusIntegrationTest
class TaskApiIT extends TaskApiTest {}
