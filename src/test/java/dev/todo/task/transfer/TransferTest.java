package dev.todo.task.transfer;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.AtOnce.statuses;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import biweekly.Biweekly;
import biweekly.component.VTodo;
import dev.todo.RawHttp;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Export and import. */
@QuarkusTest
class TransferTest {

    private static final String JSON = "application/json";
    private static final String CSV = "text/csv";

    @Test
    void the_JSON_export_is_an_array_of_tasks_as_in_the_list() {
        var alice = registered();
        richTasks(alice);
        registered().add("Somebody else's");
        alice.delete(alice.add("Deleted"));

        var exported = alice.request().get("/tasks/export");

        exported.then()
                .statusCode(200)
                .header("Content-Type", startsWith(JSON))
                .header("Content-Disposition", equalTo("attachment; filename=\"tasks.json\""));
        assertEquals(new HashSet<>(tasks(alice.list())), new HashSet<>(tasks(exported)));
        assertEquals(exported.asString(), alice.export("json").asString());
    }

    @Test
    void exports_every_task_once_oldest_first() {
        var alice = registered();
        var titles = IntStream.range(0, 450).mapToObj(i -> "Task " + i).toList();
        alice.importing(
                        JSON,
                        titles.stream().map(title -> Map.of("title", title)).toList())
                .then()
                .statusCode(200);

        alice.export("json").then().body("title", equalTo(titles));
    }

    @Test
    void exports_a_valid_file_without_tasks() {
        var alice = registered();
        var task = registered().create(Map.of("title", "Buy milk")).jsonPath().<String, Object>getMap("$");

        assertEquals("[]", alice.export("json").asString());
        assertEquals(
                String.join(",", task.keySet()) + "\r\n", alice.export("csv").asString());
        assertEquals(
                List.of(),
                Biweekly.parse(alice.export("ics").asString()).first().getTodos());
    }

    @ParameterizedTest
    @CsvSource({"json, application/json", "csv, text/csv"})
    void importing_an_export_creates_equal_tasks(String format, String mediaType) {
        var alice = registered();
        richTasks(alice);
        var bob = registered();
        var before = Instant.now();

        bob.importing(mediaType, alice.export(format).asByteArray())
                .then()
                .statusCode(200)
                .body("imported", equalTo(richTitles().size()))
                .body("keySet()", hasSize(1));

        assertEquals(kept(tasks(alice.export("json"))), kept(tasks(bob.export("json"))));
        var ids = new HashSet<>(
                tasks(alice.list()).stream().map(task -> task.get("id")).toList());
        for (var task : tasks(bob.list())) {
            assertTrue(ids.add(task.get("id")));
            assertEquals(bob.id(), task.get("user_id"));
            assertEquals(1, task.get("version"));
            assertTrue(Instant.parse((String) task.get("updated_at")).isAfter(before.minusMillis(1)));
        }
    }

    @Test
    void the_CSV_export_follows_the_RFC_and_is_safe_in_spreadsheets() {
        var alice = registered();
        alice.add(Map.of("title", "=HYPERLINK(\"x\")", "description", "a,\"b\"\r\nc", "tags", List.of("x\"y", "=z")));

        alice.export("csv")
                .then()
                .statusCode(200)
                .header("Content-Type", startsWith("text/csv"))
                .header("Content-Disposition", equalTo("attachment; filename=\"tasks.csv\""))
                .body(containsString(",\"'=HYPERLINK(\"\"x\"\")\",\"a,\"\"b\"\"\r\nc\",false,,medium,,"))
                .body(containsString(",\"[\"\"x\\\"\"y\"\",\"\"=z\"\"]\",,,"));
    }

    @Test
    void the_calendar_contains_tasks_as_VTODO() {
        var alice = registered();
        var id = alice.add(Map.of(
                "title",
                "Pay; rent, \\ now",
                "description",
                "one\ntwo\r\nthree",
                "priority",
                "high",
                "due_at",
                "2030-01-31T10:00:00Z",
                "tags",
                List.of("home", "a,b")));
        alice.complete(id);

        var exported = alice.export("ics");

        exported.then()
                .statusCode(200)
                .header("Content-Type", startsWith("text/calendar"))
                .header("Content-Disposition", equalTo("attachment; filename=\"tasks.ics\""));
        var todo = onlyTodo(exported.asString());
        assertEquals(id, todo.getUid().getValue());
        assertEquals("Pay; rent, \\ now", todo.getSummary().getValue());
        assertEquals("one\ntwo\nthree", todo.getDescription().getValue().replace(System.lineSeparator(), "\n"));
        assertEquals(1, todo.getPriority().getValue());
        assertEquals("COMPLETED", todo.getStatus().getValue());
        assertEquals(
                Instant.parse("2030-01-31T10:00:00Z"),
                todo.getDateDue().getValue().toInstant());
        assertEquals(List.of("home", "a,b"), todo.getCategories().get(0).getValues());
        assertNotEquals(null, todo.getCompleted());
    }

    @Test
    void the_calendar_folds_and_ends_lines_as_the_RFC_requires() {
        var alice = registered();
        alice.add(Map.of("title", "\u20ac\uD83D\uDC0E".repeat(60), "description", "bell\u0007 tab\t".repeat(50)));

        var calendar = alice.export("ics").asString();

        assertTrue(calendar.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assertTrue(calendar.endsWith("END:VTODO\r\nEND:VCALENDAR\r\n"));
        for (var line : calendar.split("\r\n")) {
            assertTrue(line.getBytes(StandardCharsets.UTF_8).length <= 75, line);
            assertEquals(line.replaceAll("[\\n\\r\\x00-\\x08]", ""), line);
        }
        assertEquals(
                "\u20ac\uD83D\uDC0E".repeat(60), onlyTodo(calendar).getSummary().getValue());
    }

    @Test
    void the_calendar_contains_recurring_tasks_with_their_time_zone() {
        var alice = registered();
        alice.add(Map.of(
                "title",
                "Again",
                "due_at",
                "2030-01-31T09:00:00Z",
                "recurrence",
                "FREQ=MONTHLY;UNTIL=20301231",
                "timezone",
                "Europe/Berlin"));

        var calendar = alice.export("ics").asString();

        assertTrue(calendar.contains("\r\nDTSTART;TZID=Europe/Berlin:20300131T100000\r\n"), calendar);
        assertTrue(calendar.contains("\r\nDUE;TZID=Europe/Berlin:20300131T100000\r\n"), calendar);
        assertTrue(calendar.contains("\r\nRRULE:FREQ=MONTHLY;UNTIL=20301231T225959Z\r\n"), calendar);
        assertTrue(calendar.indexOf("BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n") < calendar.indexOf("BEGIN:VTODO"));
        assertEquals(
                Instant.parse("2030-01-31T09:00:00Z"),
                onlyTodo(calendar).getDateDue().getValue().toInstant());
    }

    @Test
    void a_rule_without_a_time_zone_uses_UTC() {
        var alice = registered();
        alice.add(Map.of("title", "Again", "due_at", "2030-01-31T09:00:00Z", "recurrence", "FREQ=DAILY;COUNT=3"));

        var calendar = alice.export("ics").asString();

        assertTrue(calendar.contains("\r\nDTSTART:20300131T090000Z\r\n"), calendar);
        assertTrue(calendar.contains("\r\nRRULE:FREQ=DAILY;COUNT=3\r\n"), calendar);
    }

    @ParameterizedTest
    @ValueSource(strings = {"format=xml", "format=", "format=JSON", "format=json&format=csv", "formats=csv"})
    void rejects_an_unknown_format(String query) {
        registered()
                .request()
                .get("/tasks/export?" + query)
                .then()
                .statusCode(400)
                .header("Content-Type", startsWith("application/problem+json"))
                .body("code", equalTo("invalid_parameter"));
    }

    @Test
    void export_and_import_require_authentication() {
        anyone().get("/tasks/export").then().statusCode(401);
        anyone().contentType(JSON).body("[]").post("/tasks/import").then().statusCode(401);
        anyone().contentType(JSON)
                .body(ofLength(11 * 1024 * 1024))
                .post("/tasks/import")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | [{\"title\": \" Milk \"}]",
                "text/csv | title\\n Milk ",
                "Text/CSV; Charset=UTF-8 | title\\n Milk ",
                "text/csv | 'title,tags,due_at\\nMilk'"
            })
    void a_row_requires_only_a_title(String mediaType, String file) {
        var alice = registered();

        alice.importing(mediaType, file.replace("\\n", "\n"))
                .then()
                .statusCode(200)
                .body("imported", equalTo(1));

        alice.list()
                .then()
                .body("[0].title", equalTo("Milk"))
                .body("[0].priority", equalTo("medium"))
                .body("[0].completed", equalTo(false))
                .body("[0].due_at", nullValue())
                .body("[0].description", nullValue())
                .body("[0].created_at", notNullValue());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"application/json | []", "text/csv | title", "text/csv | 'title\n\n'"})
    void a_file_without_rows_adds_nothing(String mediaType, String file) {
        registered().importing(mediaType, file).then().statusCode(200).body("imported", equalTo(0));
    }

    @Test
    void keeps_created_at_and_accepts_completed_without_a_time() {
        var alice = registered();

        alice.importing(JSON, """
                        [{"title": "a", "created_at": "2001-02-03T04:05:06Z", "completed": true,
                          "completed_at": "2002-02-03T04:05:06Z"},
                         {"title": "b", "created_at": null, "completed": true, "id": 5, "user_id": "x", "version": null}]
                        """).then().statusCode(200);

        alice.list()
                .then()
                .body("title", contains("b", "a"))
                .body("[1].created_at", equalTo("2001-02-03T04:05:06.000000Z"))
                .body("[1].completed_at", equalTo("2002-02-03T04:05:06.000000Z"))
                .body("[0].completed_at", notNullValue());
    }

    @Test
    void accepts_a_byte_order_mark_upper_case_and_other_line_ends() {
        var alice = registered();

        alice.importing(CSV, "\uFEFFtitle,completed,tags\nÄpfel,TRUE,\"[\"\"a\"\"]\"\r\n\nBirnen,,\n")
                .then()
                .statusCode(200)
                .body("imported", equalTo(2));

        alice.list().then().body("find { it.title == 'Äpfel' }.completed", equalTo(true));
        alice.list().then().body("find { it.title == 'Äpfel' }.tags", contains("a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\": \" \"}                                        | title",
                "{}                                                        | title",
                "{\"title\": \"a\", \"priority\": \"urgent\"}              | priority",
                "{\"title\": \"a\", \"due_at\": \"soon\"}                  | due_at",
                "{\"title\": \"a\", \"created_at\": \"then\"}              | created_at",
                "{\"title\": \"a\", \"colour\": \"red\"}                   | colour",
                "{\"title\": \"a\", \"recurrence\": \"FREQ=DAILY\"}        | recurrence",
                "{\"title\": \"a\", \"timezone\": \"Mars\"}                | timezone",
                "{\"title\": \"a\", \"tags\": [\"\"]}                      | tags[0]",
                "{\"title\": \"a\\u0000\"}                                 | title",
                "{\"title\": \"a\", \"completed_at\": \"2020-01-01T00:00:00Z\"} | completed_at"
            })
    void an_invalid_JSON_row_is_named_and_nothing_is_imported(String row, String field) {
        var alice = registered();

        alice.importing(JSON, "[{\"title\": \"a\"}, {\"title\": \"b\"}, " + row + ", {\"title\": \"c\"}]")
                .then()
                .statusCode(422)
                .body("code", equalTo("validation_failed"))
                .body("detail", startsWith("Row 3: "))
                .body("errors.field", contains("row[3]." + field));

        alice.list().then().body("$", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                ",true,,           | title",
                "a,maybe,,         | completed",
                "a,true,work,      | tags",
                "a,true,{},        | tags",
                "a,true,[1],       | tags",
                "a,,,soon          | due_at",
            })
    void an_invalid_CSV_line_is_named_and_nothing_is_imported(String line, String field) {
        var alice = registered();

        alice.importing(CSV, "title,completed,tags,due_at\r\nok,,,\r\n" + line + "\r\n")
                .then()
                .statusCode(422)
                .body("errors.field", contains("row[2]." + field));

        alice.list().then().body("$", hasSize(0));
    }

    @Test
    void rejects_a_line_with_more_cells_than_the_header() {
        registered()
                .importing(CSV, "title\r\na\r\nb,c\r\n")
                .then()
                .statusCode(422)
                .body("errors.field", contains("row[2]"));
    }

    @Test
    void rejects_an_unknown_column() {
        registered()
                .importing(CSV, "title,colour\r\n")
                .then()
                .statusCode(422)
                .body("errors.field", contains("row[1].colour"));
        registered().importing(CSV, "title,title\r\na,b\r\n").then().statusCode(400);
        registered().importing(CSV, "priority\r\nhigh\r\n").then().statusCode(422);
    }

    @Test
    void one_invalid_row_among_thousands_imports_nothing() {
        var alice = registered();
        var rows = IntStream.rangeClosed(1, 3000)
                .mapToObj(i -> "{\"title\":\"" + (i == 2999 ? "" : i) + "\"}")
                .collect(Collectors.joining(",", "[", "]"));

        alice.importing(JSON, rows).then().statusCode(422).body("errors.field", contains("row[2999].title"));

        alice.list().then().body("$", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | ''",
                "application/json | {}",
                "application/json | null",
                "application/json | [",
                "application/json | [{\"title\": \"a\"},]",
                "application/json | [{\"title\": \"a\"}] []",
                "application/json | [{\"title\": \"a\", \"title\": \"b\"}]",
                "application/json | [5]",
                "application/json | [[]]",
                "application/json | [{\"title\": 5}]",
                "text/csv         | ''",
                "text/csv         | 'title\n\"a\"b\n'"
            })
    void rejects_an_unreadable_file_as_malformed(String mediaType, String file) {
        var alice = registered();

        alice.importing(mediaType, file.getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_request"));

        alice.list().then().body("$", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"application/json | [{\"title\": \"?\"}]", "text/csv | 'title\n?\n'"})
    void rejects_invalid_UTF_8_as_malformed(String mediaType, String file) {
        var bytes = file.getBytes(StandardCharsets.ISO_8859_1);
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '?' ? (byte) 0xFC : bytes[i];
        }

        registered().importing(mediaType, bytes).then().statusCode(400).body("code", equalTo("malformed_request"));
    }

    @Test
    void rejects_other_media_types() {
        registered().importing("text/calendar", "BEGIN:VCALENDAR").then().statusCode(415);
    }

    @Test
    void accepts_10_MiB_and_rejects_more() {
        var alice = registered();
        var limit = 10 * 1024 * 1024;

        alice.importing(JSON, ofLength(limit)).then().statusCode(200).body("imported", equalTo(1));
        alice.importing(JSON, ofLength(limit + 1)).then().statusCode(413).body("code", equalTo("content_too_large"));
    }

    @Test
    void a_body_without_Content_Length_has_the_same_limit() {
        var alice = registered();

        assertEquals(200, chunked(alice, ofLength(10 * 1024 * 1024)).status());
        assertEquals(413, chunked(alice, ofLength(10 * 1024 * 1024 + 1)).status());
    }

    @Test
    void an_upload_in_progress_does_not_block_other_imports() throws Exception {
        var alice = registered();
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 4; i++) {
                slow.add(begun(alice));
            }
            Thread.sleep(500);
            alice.importing(JSON, "[]").then().statusCode(200);
            registered().importing(JSON, "[]").then().statusCode(200);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void rejects_a_second_concurrent_import_of_a_user() {
        var alice = registered();
        var file = "title\n" + "Task\n".repeat(3_000);

        var answers = atOnce(2, number -> alice.importing(CSV, file));

        assertEquals(Map.of(200, 1L, 429, 1L), statuses(answers));
        answers.stream()
                .filter(answer -> answer.statusCode() == 429)
                .forEach(answer ->
                        answer.then().header("Retry-After", equalTo("1")).body("code", equalTo("too_many_requests")));
    }

    @Test
    void an_import_does_not_block_its_users_calls_and_becomes_visible_all_at_once() {
        var alice = registered();
        var file = "title\n" + "Imported\n".repeat(10_000);
        var imported = CompletableFuture.supplyAsync(() -> alice.importing(CSV, file));
        var meanwhile = 0;

        while (!imported.isDone()) {
            alice.create(Map.of("title", "Meanwhile")).then().statusCode(201);
            meanwhile++;
            var total = alice.stats().<Integer>path("total");
            assertTrue(total == meanwhile || total == meanwhile + 10_000, total + " of " + meanwhile);
        }

        imported.join().then().statusCode(200).body("imported", equalTo(10_000));
        assertTrue(meanwhile > 3, "Only " + meanwhile + " calls were answered meanwhile");
        alice.stats().then().body("total", equalTo(10_000 + meanwhile));
    }

    @Test
    void imports_text_of_many_different_words() {
        var alice = registered();
        var rows = IntStream.range(0, 400)
                .mapToObj(row -> "t,"
                        + IntStream.range(0, 571)
                                .mapToObj(word -> Integer.toString(row * 571 + word, 36))
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining("\n", "title,description\n", "\n"));

        alice.importing(CSV, rows).then().statusCode(200).body("imported", equalTo(400));

        alice.list("q=" + Integer.toString(399 * 571, 36)).then().body("$", hasSize(1));
    }

    @Test
    void rejects_more_rows_than_the_task_quota() {
        registered()
                .importing(CSV, "title\n" + "a\n".repeat(1_000_000))
                .then()
                .statusCode(409)
                .body("code", equalTo("too_many_tasks"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title\n\"Buy milk",
                "title\n\"",
                "\"title",
                "title,description\na,b\nc,\"Buy milk\nand \"\"bread",
                "title,description\na,b\nc,\"Buy milk\n\"\""
            })
    void rejects_a_table_truncated_within_quotes(String file) {
        var alice = registered();

        alice.importing(CSV, file).then().statusCode(400).body("code", equalTo("malformed_request"));

        alice.list().then().body("$", hasSize(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "a,\"\"              | a",
                "\"a\"\"\",\"b\" | a\"",
                "5\" nails,\"\"     | 5\" nails",
            })
    void accepts_a_table_with_closed_quotes(String line, String title) {
        var alice = registered();

        alice.importing(CSV, "title,description\n" + line).then().statusCode(200);

        alice.list().then().body("title", contains(title));
    }

    @ParameterizedTest
    @MethodSource
    void rejects_a_row_larger_than_a_task_can_be(String mediaType, String before, String part) {
        var alice = registered();
        var repeated = part.repeat(5 * 1024 * 1024 / part.length());

        for (var after : List.of("", "]}]")) {
            alice.importing(mediaType, before + repeated + after)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("validation_failed"))
                    .body("errors.field", contains("row[2]"))
                    .body("errors.message", contains("is too large for a task"));
        }
        alice.list().then().body("$", hasSize(0));
    }

    static Stream<Arguments> rejects_a_row_larger_than_a_task_can_be() {
        var first = "[{\"title\": \"a\"}, {\"title\": \"b\", ";
        return Stream.of(
                Arguments.of(JSON, first + "\"tags\": [", "[],"),
                Arguments.of(JSON, first + "\"tags\": [", "\"x\","),
                Arguments.of(JSON, first + "\"tags\": ", "["),
                Arguments.of(JSON, first + "\"tags\": ", "{\"a\":"),
                Arguments.of(JSON, first + "\"description\": \"", "long"),
                Arguments.of(JSON, first + "\"", "name"),
                Arguments.of(JSON, first + "\"version\": [", "0,"),
                Arguments.of(JSON, first + "\"version\": ", "1"),
                Arguments.of(CSV, "title,description\na,b\nb,", "long"),
                Arguments.of(CSV, "title,description\na,b\nb,\"", "long"),
                Arguments.of(CSV, "title,tags\na,\nb,\"[", "[],"),
                Arguments.of(CSV, "title,tags\na,\nb", ","));
    }

    private static Socket begun(TodoClient user) throws IOException {
        return RawHttp.begin(
                "POST /tasks/import",
                "Authorization: Bearer " + user.token()
                        + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n",
                "[".getBytes(StandardCharsets.US_ASCII));
    }

    private static RawHttp chunked(TodoClient user, byte[] file) {
        var start = (Integer.toHexString(file.length) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        var end = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        var body = new byte[start.length + file.length + end.length];
        System.arraycopy(start, 0, body, 0, start.length);
        System.arraycopy(file, 0, body, start.length, file.length);
        System.arraycopy(end, 0, body, start.length + file.length, end.length);
        return RawHttp.exchange(
                "POST /tasks/import",
                "Authorization: Bearer " + user.token()
                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                body);
    }

    /** One task and whitespace. */
    private static byte[] ofLength(int bytes) {
        var task = "[{\"title\": \"a\"}";
        return (task + " ".repeat(bytes - task.length() - 1) + "]").getBytes(StandardCharsets.US_ASCII);
    }

    private static List<String> richTitles() {
        return List.of(
                "=1+1", "'=1", "'quoted'", "-5", "a,b", "\"a\"", "two\nlines", "\u20ac\uD83D\uDC0E", "; \\n", "@x");
    }

    private static void richTasks(TodoClient user) {
        for (var title : richTitles()) {
            user.add(Map.of("title", title, "description", "\t" + title + "\r\n ", "tags", List.of(title, "\\")));
        }
        var tasks = tasks(user.list());
        user.complete((String) tasks.get(0).get("id"));
        user.change(
                (String) tasks.get(1).get("id"),
                Map.of(
                        "priority",
                        "high",
                        "due_at",
                        "2030-01-31T10:00:00.123456Z",
                        "recurrence",
                        "FREQ=DAILY;COUNT=3",
                        "timezone",
                        "Asia/Tokyo"));
    }

    private static List<Map<String, Object>> tasks(Response response) {
        return response.then().statusCode(200).extract().jsonPath().getList("$");
    }

    private static List<Map<String, Object>> kept(List<Map<String, Object>> tasks) {
        tasks.forEach(task -> task.keySet().removeAll(List.of("id", "user_id", "updated_at", "version")));
        return tasks;
    }

    private static VTodo onlyTodo(String calendar) {
        var todos = Biweekly.parse(calendar).first().getTodos();
        assertEquals(1, todos.size());
        return todos.get(0);
    }
}

@QuarkusIntegrationTest
class TransferIT extends TransferTest {}
