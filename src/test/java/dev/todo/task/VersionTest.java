package dev.todo.task;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ETags: two devices can edit one task without losing changes. */
@QuarkusTest
class VersionTest {

    private record Change(
            String name, BiFunction<TodoClient, String, Response> withoutHeader, String method, String path) {

        Response ifMatch(TodoClient user, String task, String... tags) {
            var request = user.request();
            for (var tag : tags) {
                request.header("If-Match", tag);
            }
            if (!method.equals("DELETE")) {
                request.contentType("application/json")
                        .body(path.isEmpty() ? Map.of("title", "changed") : Map.of("completed", true));
            }
            return request.request(method, "/tasks/" + task + path);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Change> changes() {
        return Stream.of(
                new Change("replace", (user, task) -> user.replace(task, Map.of("title", "x")), "PUT", ""),
                new Change("change", (user, task) -> user.change(task, Map.of("title", "x")), "PATCH", ""),
                new Change("complete", (user, task) -> user.complete(task), "PATCH", "/complete"),
                new Change("delete", TodoClient::delete, "DELETE", ""));
    }

    @Test
    void every_response_with_a_task_has_its_ETag() {
        var alice = registered();
        var created = alice.create(Map.of("title", "Milk"));
        var milk = created.<String>path("id");

        created.then().header("ETag", "\"1\"");
        alice.get(milk).then().header("ETag", "\"1\"");
        alice.replace(milk, Map.of("title", "Oat milk")).then().header("ETag", "\"2\"");
        alice.change(milk, Map.of("priority", "low")).then().header("ETag", "\"3\"");
        alice.complete(milk).then().header("ETag", "\"4\"");
        alice.delete(milk);
        alice.restore(milk).then().header("ETag", matchesRegex("\"\\d+\""));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void accepts_a_change_of_the_current_version(Change change) {
        var alice = registered();
        var milk = alice.create(Map.of("title", "Milk"));

        var status = change.ifMatch(alice, milk.path("id"), milk.header("ETag")).statusCode();

        assertEquals(change.method().equals("DELETE") ? 204 : 200, status);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void rejects_a_change_of_an_older_version(Change change) {
        var alice = registered();
        var milk = alice.create(Map.of("title", "Milk"));
        var newer = alice.change(milk.path("id"), Map.of("title", "Oat milk"));

        change.ifMatch(alice, milk.path("id"), milk.header("ETag"))
                .then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("code", equalTo("precondition_failed"));

        assertEquals(newer.asString(), alice.get(milk.path("id")).asString());
    }

    @ParameterizedTest
    @MethodSource("changes")
    void an_unknown_task_is_not_found_whatever_the_version(Change change) {
        var alice = registered();
        var theirs = registered().add("Milk");
        var deleted = alice.add("Bread");
        alice.delete(deleted);

        for (var task : List.of(theirs, deleted, UUID.randomUUID().toString(), "x")) {
            assertEquals(404, change.ifMatch(alice, task, "\"77\"").statusCode(), task);
            assertEquals(404, change.ifMatch(alice, task, "*").statusCode(), task);
        }
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                        "*",
                        "\"1\"",
                        "\"9\", \"1\"",
                        "\"a,b\" ,W/\"9\" ,\"1\"",
                        " \"1\" ",
                        "W/\"1\"",
                        "W/\"1\", \"2\"",
                        "\"1-gzip\"",
                        "\"1-zstd\", \"2-zstd\"",
                        "W/\"1-br\"")
                .map(tags -> Arguments.of(tags, 200));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"9\" | 412",
                "W/\"9\" | 412",
                "\"9-gzip\" | 412",
                "\"1-9\" | 412",
                "\"1gzip\" | 412",
                "w/\"1\" | 412",
                "W/1 | 412",
                "1 | 412",
                "\"9\"1\"1\" | 412",
                "*, \"1\" | 412",
                "\"*\" | 412",
                "\"1, 2\" | 412",
                "\"\" | 412",
                "'1' | 412"
            })
    void If_Match_accepts_tags_tags_changed_by_a_proxy_and_a_star(String tags, int status) {
        var alice = registered();
        var milk = alice.add("Milk");

        var answer = alice.request()
                .header("If-Match", tags)
                .contentType("application/json")
                .body("{\"title\": \"changed\"}")
                .patch("/tasks/{id}", milk);

        assertEquals(status, answer.statusCode());
    }

    @Test
    void If_Match_may_span_several_lines() {
        var alice = registered();
        var change = changes().findFirst().orElseThrow();

        assertEquals(
                200, change.ifMatch(alice, alice.add("Milk"), "\"9\"", "\"1\"").statusCode());
        assertEquals(
                412, change.ifMatch(alice, alice.add("Milk"), "\"9\"", "\"8\"").statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"1\"", "W/\"1\"", "\"1-gzip\"", "*", "\"7\", W/\"1\""})
    void does_not_resend_a_version_the_client_has(String tags) {
        var alice = registered();
        var milk = alice.add("Milk");

        alice.request()
                .header("If-None-Match", tags)
                .get("/tasks/{id}", milk)
                .then()
                .statusCode(304)
                .header("ETag", "\"1\"")
                .body(emptyString());
    }

    @Test
    void sends_a_version_the_client_does_not_have() {
        var alice = registered();
        var milk = alice.add("Milk");
        alice.change(milk, Map.of("title", "Oat milk"));

        alice.request()
                .header("If-None-Match", "\"1\", W/\"3\"")
                .get("/tasks/{id}", milk)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("title", equalTo("Oat milk"));
        alice.request()
                .header("If-None-Match", "*")
                .get("/tasks/{id}", UUID.randomUUID())
                .then()
                .statusCode(404);
    }

    @Test
    void of_two_concurrent_changes_with_one_tag_one_gets_412() {
        var alice = registered();
        for (var round = 0; round < 10; round++) {
            var created = alice.create(Map.of("title", "Milk"));
            var milk = created.<String>path("id");
            var tag = created.header("ETag");

            var answers = atOnce(
                    2,
                    number -> alice.request()
                            .header("If-Match", tag)
                            .contentType("application/merge-patch+json")
                            .body(Map.of("tags", List.of("client-" + number)))
                            .patch("/tasks/{id}", milk));

            assertEquals(
                    List.of(200, 412),
                    answers.stream().map(Response::statusCode).sorted().toList());
            var winner = answers.stream()
                    .filter(answer -> answer.statusCode() == 200)
                    .findFirst()
                    .orElseThrow();
            assertEquals(winner.asString(), alice.get(milk).asString());
        }
    }

    @ParameterizedTest
    @MethodSource("changes")
    void changes_any_version_without_a_condition(Change change) {
        var alice = registered();
        var milk = alice.add("Milk");
        alice.change(milk, Map.of("priority", "low"));

        var status = change.withoutHeader().apply(alice, milk).statusCode();

        assertEquals(change.method().equals("DELETE") ? 204 : 200, status);
    }
}

@QuarkusIntegrationTest
class VersionIT extends VersionTest {}
