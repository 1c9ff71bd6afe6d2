package dev.todo.task;

import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class TaskListTest {

    @Test
    void a_new_user_has_no_tasks() {
        registered()
                .list()
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Link", nullValue())
                .body("$", empty());
    }

    @Test
    void lists_tasks_newest_first() {
        var alice = registered();
        alice.add("one");
        alice.add("two");
        alice.add("three");

        alice.list().then().statusCode(200).body("title", contains("three", "two", "one"));
    }

    @Test
    void a_listed_task_equals_the_single_task() {
        var alice = registered();
        var milk = alice.add("Milk");

        assertEquals("[" + alice.get(milk).asString() + "]", alice.list().asString());
    }

    @Test
    void filters_open_and_completed_tasks() {
        var alice = registered();
        alice.add("open");
        alice.add(Map.of("title", "done", "completed", true));

        alice.list("completed=true").then().statusCode(200).body("title", contains("done"));
        alice.list("completed=false").then().statusCode(200).body("title", contains("open"));
    }

    @Test
    void does_not_list_deleted_tasks() {
        var alice = registered();
        var milk = alice.add("Milk");
        alice.add("Bread");

        alice.delete(milk);

        alice.list().then().body("title", contains("Bread"));
    }

    @Test
    void a_page_has_fifty_tasks_by_default() {
        var alice = registered();
        addTasks(alice, 51);

        alice.list().then().body("$", hasSize(50));
        alice.list("limit=1").then().body("$", hasSize(1));
        alice.list("limit=200").then().body("$", hasSize(51));
    }

    @Test
    void the_last_page_has_no_next_link() {
        var alice = registered();
        addTasks(alice, 4);

        var first = alice.list("limit=2");
        var second = next(alice, first);

        first.then().header("Link", matchesRegex("</tasks\\?[^>]*cursor=[A-Za-z0-9_-]+>; rel=\"next\""));
        second.then()
                .statusCode(200)
                .body("title", contains("task 1", "task 0"))
                .header("Link", nullValue());
    }

    @Test
    void pages_contain_every_task_once() {
        var alice = registered();
        addTasks(alice, 7);

        assertEquals(
                List.of("task 6", "task 5", "task 4", "task 3", "task 2", "task 1", "task 0"),
                titlesOfAllPages(alice, "limit=3"));
    }

    @Test
    void the_next_page_keeps_filter_and_limit() {
        var alice = registered();
        for (var i = 0; i < 5; i++) {
            alice.add(Map.of("title", "done " + i, "completed", true));
            alice.add("open " + i);
        }

        assertEquals(
                List.of("done 4", "done 3", "done 2", "done 1", "done 0"),
                titlesOfAllPages(alice, "completed=true&limit=2"));
    }

    @Test
    void pages_neither_repeat_nor_skip_tasks_during_changes() {
        var alice = registered();
        addTasks(alice, 6);
        var first = alice.list("limit=3");

        alice.add("new");
        alice.delete(first.path("[2].id"));

        first.then().body("title", contains("task 5", "task 4", "task 3"));
        next(alice, first).then().body("title", contains("task 2", "task 1", "task 0"));
    }

    @Test
    void the_limit_may_change_between_pages() {
        var alice = registered();
        addTasks(alice, 5);
        var cursor = cursorOf(alice.list("limit=1"));

        alice.list("limit=200&cursor=" + cursor)
                .then()
                .statusCode(200)
                .body("title", contains("task 3", "task 2", "task 1", "task 0"));
    }

    @Test
    void a_cursor_is_valid_only_for_the_same_filter() {
        var alice = registered();
        addTasks(alice, 3);
        var cursor = cursorOf(alice.list("limit=1"));

        alice.list("completed=false&cursor=" + cursor)
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", contains("cursor"));
    }

    @Test
    void a_cursor_is_valid_only_for_the_same_user() {
        var alice = registered();
        addTasks(alice, 3);
        var cursor = cursorOf(alice.list("limit=1"));

        registered().list("cursor=" + cursor).then().statusCode(400).body("errors.field", contains("cursor"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void the_list_supports(String method) {
        registered().request().request(method, "/tasks").then().statusCode(200);
    }

    private static void addTasks(TodoClient user, int number) {
        IntStream.range(0, number).forEach(i -> user.add("task " + i));
    }

    private static List<String> titlesOfAllPages(TodoClient user, String query) {
        var titles = new ArrayList<String>();
        for (var page = user.list(query); page != null; page = next(user, page)) {
            titles.addAll(page.jsonPath().getList("title", String.class));
        }
        return titles;
    }

    private static Response next(TodoClient user, Response page) {
        var link = page.header("Link");
        return link == null ? null : user.request().urlEncodingEnabled(false).get(link.substring(1, link.indexOf('>')));
    }

    private static String cursorOf(Response page) {
        return page.header("Link").replaceFirst(".*[?&]cursor=([^&>]*).*", "$1");
    }
}

@QuarkusIntegrationTest
class TaskListIT extends TaskListTest {}
