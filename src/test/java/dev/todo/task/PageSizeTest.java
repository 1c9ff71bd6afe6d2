package dev.todo.task;

import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits a page to 1 MiB. */
@QuarkusTest
class PageSizeTest {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int TASKS = 90;

    private TodoClient alice;

    @BeforeEach
    void register() {
        alice = registered();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=200",
                "limit=200&sort=created_at",
                "limit=200&sort=due_at",
                "limit=200&sort=-due_at",
                "limit=200&sort=title",
                "limit=200&sort=-priority",
                "limit=200&sort=updated_at",
                "limit=200&updated_since=2020-01-01T00:00:00Z",
                "limit=200&q=large",
                "limit=200&tag=some",
                "limit=200&priority=low&priority=high",
                "limit=200&completed=false&count=true",
                "limit=90"
            })
    void limits_pages_to_1_MiB_and_lists_every_task_once(String query) {
        importTasks("😀".repeat(4_000));

        var sizes = new ArrayList<Integer>();
        var ids = new ArrayList<String>();
        for (var page = alice.list(query); page != null; page = TaskPages.next(alice, page)) {
            page.then().statusCode(200);
            sizes.add(page.asByteArray().length);
            ids.addAll(page.jsonPath().getList("id", String.class));
        }

        assertTrue(sizes.stream().allMatch(bytes -> bytes <= MAX_BYTES), "" + sizes);
        assertTrue(sizes.get(0) > MAX_BYTES - 40_000, "" + sizes);
        assertEquals(2, sizes.size());
        assertEquals(TASKS, ids.size());
        assertEquals(TASKS, new HashSet<>(ids).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "\\", "\"", "ü", "語", "\n", "é\u0007"})
    void counts_bytes_of_the_JSON_encoding(String text) {
        importTasks(text.repeat(4_000 / text.length()));

        var page = alice.list("limit=200");
        var bytes = page.asByteArray().length;
        var shown = page.jsonPath().getList("$").size();

        assertTrue(bytes <= MAX_BYTES, bytes + " bytes");
        assertTrue(shown == TASKS || bytes > MAX_BYTES - 40_000, shown + " tasks in " + bytes + " bytes");
    }

    @Test
    void pages_of_ordinary_tasks_are_as_long_as_the_limit() {
        importTasks("Buy milk, bread and butter. ".repeat(40));

        assertEquals(TASKS, alice.list("limit=200").jsonPath().getList("$").size());
        assertEquals(50, alice.list().jsonPath().getList("$").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "ics"})
    void exports_every_large_task_once(String format) {
        importTasks("😀".repeat(4_000));

        var file = new String(alice.export(format).asByteArray(), StandardCharsets.UTF_8);

        for (var number = 0; number < TASKS; number++) {
            assertEquals(2, file.split("large %02d\\b".formatted(number), -1).length, "task " + number);
        }
    }

    /** Some have a due date, and some have the longest tags allowed. */
    private void importTasks(String description) {
        var rows = IntStream.range(0, TASKS)
                .mapToObj(number -> Map.of(
                        "title",
                        "large %02d".formatted(number),
                        "description",
                        description,
                        "due_at",
                        number % 3 == 0 ? "" : "2030-01-01T00:00:%02dZ".formatted(number % 60),
                        "priority",
                        number % 2 == 0 ? "low" : "high",
                        "tags",
                        List.of("some", "😀".repeat(10 + number % 40))))
                .map(PageSizeTest::withoutBlanks)
                .toList();
        alice.importing("application/json", rows).then().statusCode(200);
    }

    private static Map<String, Object> withoutBlanks(Map<String, ?> row) {
        var members = new HashMap<String, Object>(row);
        members.values().removeIf(""::equals);
        return members;
    }
}

@QuarkusIntegrationTest
class PageSizeIT extends PageSizeTest {}
