package dev.todo.task;

import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TaskFilterTest {

    @Test
    void several_priorities_match_any_of_them() {
        var alice = registered();
        alice.add(Map.of("title", "l", "priority", "low"));
        alice.add(Map.of("title", "m", "priority", "medium"));
        alice.add(Map.of("title", "h", "priority", "high"));

        alice.list("priority=high").then().statusCode(200).body("title", contains("h"));
        alice.list("priority=low&priority=high").then().body("title", contains("h", "l"));
    }

    @Test
    void several_tags_must_all_match_exactly() {
        var alice = registered();
        alice.add(Map.of("title", "both", "tags", List.of("home", "it's \\ 100% & |")));
        alice.add(Map.of("title", "home", "tags", List.of("home")));
        alice.add(Map.of("title", "Home", "tags", List.of("Home", "homework")));

        alice.list("tag=home").then().statusCode(200).body("title", contains("home", "both"));
        alice.request()
                .queryParam("tag", "home", "it's \\ 100% & |")
                .get("/tasks")
                .then()
                .body("title", contains("both"));
        alice.list("tag=hom").then().body("$", empty());
        alice.list("tag=" + "x".repeat(3000)).then().statusCode(200).body("$", empty());
    }

    @Test
    void due_before_is_exclusive_and_due_after_inclusive() {
        var alice = registered();
        alice.add("never");
        alice.add(Map.of("title", "noon", "due_at", "2026-12-24T12:00:00Z"));
        alice.add(Map.of("title", "later", "due_at", "2026-12-24T12:00:00.000001Z"));

        alice.list("due_before=2026-12-24T12:00:00Z").then().statusCode(200).body("$", empty());
        alice.list("due_before=2026-12-24T12:00:00.000001Z").then().body("title", contains("noon"));
        alice.list("due_after=2026-12-24T12:00:00Z").then().body("title", containsInAnyOrder("later", "noon"));
        alice.list("due_after=2026-12-24T13:00:00%2B01:00&due_before=2026-12-24T12:00:00.000001Z")
                .then()
                .body("title", contains("noon"));
    }

    @Test
    void overdue_tasks_are_open_and_past_their_due_date() {
        var alice = registered();
        alice.add("never");
        alice.add(Map.of("title", "missed", "due_at", "2020-01-01T00:00:00Z"));
        alice.add(Map.of("title", "done", "due_at", "2020-01-01T00:00:00Z", "completed", true));
        alice.add(Map.of("title", "ahead", "due_at", "9999-01-01T00:00:00Z"));

        alice.list("overdue=true").then().statusCode(200).body("title", contains("missed"));
        alice.list("overdue=false").then().body("title", contains("ahead", "done", "never"));
    }

    @Test
    void combines_filters_with_AND() {
        var alice = registered();
        alice.add(Map.of("title", "Buy milk", "priority", "high", "tags", List.of("shop")));
        alice.add(Map.of("title", "Buy bread", "priority", "high", "tags", List.of("shop"), "completed", true));
        alice.add(Map.of("title", "Buy time", "priority", "high"));
        alice.add(Map.of("title", "Buy eggs", "priority", "low", "tags", List.of("shop")));

        alice.list("q=buy&priority=high&tag=shop&completed=false")
                .then()
                .statusCode(200)
                .body("title", contains("Buy milk"));
    }

    @ParameterizedTest
    @CsvSource({
        "created_at, none early late A b done",
        "-created_at, done b A late early none",
        "due_at, early late none A b done",
        "-due_at, late early done b A none",
        "priority, late none early b done A",
        "-priority, A done b early none late",
        "title, A b done early late none",
        "-title, none late early done b A",
        "updated_at, early late A b done none",
        "-updated_at, none done b A late early"
    })
    void sorts_lists_and_breaks_ties_by_id_in_the_same_direction(String sort, String titles) {
        var alice = registered();
        var none = alice.add("none");
        alice.add(Map.of("title", "early", "due_at", "2026-01-01T00:00:00Z"));
        alice.add(Map.of("title", "late", "due_at", "2027-01-01T00:00:00Z", "priority", "low"));
        alice.add(Map.of("title", "A", "priority", "high"));
        alice.add("b");
        alice.add(Map.of("title", "done", "completed", true));
        alice.change(none, "{\"description\": \"changed\"}");

        alice.list("sort=" + sort).then().statusCode(200).body("title", equalTo(Arrays.asList(titles.split(" "))));
        assertEquals(Arrays.asList(titles.split(" ")), TaskPages.titles(alice, "limit=1&sort=" + sort));
        assertEquals(Arrays.asList(titles.split(" ")), TaskPages.titles(alice, "limit=4&sort=" + sort));
    }

    @Test
    void sorts_titles_case_insensitively_in_any_script() {
        var alice = registered();
        List.of("Äb", "äA", "b", "B", "Я", "я", "ю").forEach(alice::add);

        assertEquals(List.of("b", "B", "äA", "Äb", "ю", "Я", "я"), TaskPages.titles(alice, "sort=title&limit=2"));
    }

    @Test
    void returns_the_total_only_on_request() {
        var alice = registered();
        for (var i = 0; i < 5; i++) {
            alice.add("task " + i);
        }
        alice.add(Map.of("title", "done", "completed", true));

        var first = alice.list("count=true&limit=2&completed=false");

        first.then().statusCode(200).header("X-Total-Count", "5");
        TaskPages.next(alice, first).then().header("X-Total-Count", "5");
        alice.list("count=true&q=task").then().header("X-Total-Count", "5");
        alice.list("count=false").then().header("X-Total-Count", nullValue());
        alice.list().then().header("X-Total-Count", nullValue());
    }

    @Test
    void filters_apply_to_the_callers_tasks_only() {
        var alice = registered();
        registered().add(Map.of("title", "Milk", "tags", List.of("home"), "due_at", "2020-01-01T00:00:00Z"));

        for (var query : List.of(
                "q=milk",
                "tag=home",
                "overdue=true",
                "updated_since=2020-01-01T00:00:00Z",
                "sort=title",
                "sort=due_at")) {
            alice.list(query).then().statusCode(200).body("$", empty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "priority=urgent",
                "priority=",
                "priority=low&priority=x",
                "due_before=tomorrow",
                "due_after=2026-12-24",
                "overdue=1",
                "updated_since=yesterday",
                "sort=name",
                "sort=",
                "sort=-",
                "sort=--title",
                "sort=TITLE",
                "count=yes",
                "limit=0",
                "limit=201",
                "cursor=abc",
                "sort=title&sort=title",
                "q=a&q=b",
                "overdue=true&overdue=true",
                "due_before=2026-12-24T12:00:00Z&due_before=2026-12-24T12:00:00Z",
                "tags=x"
            })
    void rejects_an_invalid_query(String query) {
        registered()
                .list(query)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", contains(query.replaceFirst("=.*", "")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=title",
                "sort=created_at",
                "completed=false",
                "priority=medium",
                "tag=x",
                "q=task",
                "overdue=false",
                "due_after=2020-01-01T00:00:00Z",
                "due_before=2020-01-01T00:00:00Z",
                "updated_since=2020-01-01T00:00:00Z"
            })
    void rejects_a_cursor_with_another_sort_or_filter(String query) {
        var alice = registered();
        alice.add("task 1");
        alice.add("task 2");
        var cursor = alice.list("limit=1").header("Link").replaceFirst(".*[?&]cursor=([^&>]*).*", "$1");

        alice.list("sort=-created_at&cursor=" + cursor).then().statusCode(200).body("title", contains("task 1"));
        alice.list(query + "&cursor=" + cursor).then().statusCode(400).body("errors.field", contains("cursor"));
    }

    @Test
    void stats_exclude_deleted_tasks() {
        var alice = registered();
        alice.stats().then().statusCode(200).body("$", equalTo(stats(0, 0, 0, 0)));

        alice.add("open");
        alice.add(Map.of("title", "missed", "due_at", "2020-01-01T00:00:00Z"));
        alice.add(Map.of("title", "done", "due_at", "2020-01-01T00:00:00Z", "completed", true));
        alice.delete(alice.add("deleted"));

        alice.stats().then().statusCode(200).body("$", equalTo(stats(3, 2, 1, 1)));
    }

    private static Map<String, Integer> stats(int total, int open, int completed, int overdue) {
        var stats = new HashMap<String, Integer>();
        stats.put("total", total);
        stats.put("open", open);
        stats.put("completed", completed);
        stats.put("overdue", overdue);
        return stats;
    }
}

@QuarkusIntegrationTest
class TaskFilterIT extends TaskFilterTest {}
