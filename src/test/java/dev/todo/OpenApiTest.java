package dev.todo;

import static dev.todo.TodoClient.anyone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document says what the service does; that unknown query parameters are refused holds them together, too. */
@QuarkusTest
class OpenApiTest {

    @Test
    void every_call_is_in_the_document() {
        var calls = new TreeSet<String>();
        paths().forEach((path, item) -> item.keySet().forEach(method -> calls.add(method.toUpperCase() + " " + path)));

        assertEquals(
                new TreeSet<>(Set.of(
                        "POST /auth/signup",
                        "POST /auth/login",
                        "POST /auth/refresh",
                        "POST /auth/logout",
                        "GET /auth/sessions",
                        "DELETE /auth/sessions",
                        "DELETE /auth/sessions/{id}",
                        "GET /auth/tokens",
                        "POST /auth/tokens",
                        "DELETE /auth/tokens/{id}",
                        "GET /users/me",
                        "DELETE /users/me",
                        "PUT /users/me/password",
                        "GET /admin/users",
                        "GET /admin/users/{id}",
                        "PATCH /admin/users/{id}",
                        "DELETE /admin/users/{id}",
                        "GET /tasks",
                        "POST /tasks",
                        "DELETE /tasks",
                        "GET /tasks/events",
                        "GET /tasks/stats",
                        "GET /tasks/{id}",
                        "PUT /tasks/{id}",
                        "PATCH /tasks/{id}",
                        "DELETE /tasks/{id}",
                        "PATCH /tasks/{id}/complete",
                        "POST /tasks/{id}/restore",
                        "GET /tasks/export",
                        "POST /tasks/import")),
                calls);
    }

    @Test
    void every_call_tells_its_refusals_and_what_it_takes_to_call_it() {
        paths().forEach((path, item) -> item.forEach((method, operation) -> {
            var call = method + " " + path;
            var answers = ((Map<?, ?>) operation.get("responses")).keySet();
            assertTrue(answers.containsAll(Set.of("400", "406", "500", "503")), call);
            var isPublic = path.matches("/auth/(signup|login|refresh|logout)");
            assertEquals(!isPublic, operation.containsKey("security"), call);
            assertEquals(!isPublic, answers.contains("403"), call);
            assertEquals(path.contains("{"), answers.contains("404"), call);
            assertEquals(operation.containsKey("requestBody"), answers.containsAll(Set.of("413", "415", "422")), call);
        }));
    }

    @Test
    void members_have_the_names_that_they_have_in_JSON() {
        assertEquals(
                List.of(
                        "id",
                        "user_id",
                        "title",
                        "description",
                        "completed",
                        "completed_at",
                        "priority",
                        "due_at",
                        "tags",
                        "recurrence",
                        "timezone",
                        "created_at",
                        "updated_at",
                        "version",
                        "deleted_at",
                        "next"),
                List.copyOf(
                        document().getMap("components.schemas.Task.properties").keySet()));
    }

    @Test
    void every_member_is_in_snake_case() {
        document()
                .<String, Map<String, Map<String, ?>>>getMap("components.schemas")
                .forEach((schema, content) -> {
                    for (var member :
                            content.getOrDefault("properties", Map.of()).keySet()) {
                        assertTrue(member.matches("[a-z]+(_[a-z]+)*"), () -> schema + "." + member);
                    }
                });
    }

    @Test
    void every_call_has_a_name_of_its_own() {
        var names = new TreeSet<String>();
        paths().forEach((path, item) -> item.forEach((method, operation) ->
                assertTrue(names.add((String) operation.get("operationId")), () -> method + " " + path)));
    }

    @Test
    void the_query_of_the_list_is_told_with_its_limits() {
        var document = document();

        assertEquals(
                Set.of(
                        "completed",
                        "priority",
                        "tag",
                        "q",
                        "due_before",
                        "due_after",
                        "overdue",
                        "updated_since",
                        "sort",
                        "limit",
                        "cursor",
                        "count"),
                Set.copyOf(document.getList("paths.'/tasks'.get.parameters.name", String.class)));
        assertEquals(200, document.getInt("paths.'/tasks'.get.parameters.find { it.name == 'limit' }.schema.maximum"));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void refusals_that_pass_tell_when_to_come_back(int status) {
        assertTrue(document()
                .getMap("components.responses.Problem" + status + ".headers")
                .containsKey("Retry-After"));
    }

    @Test
    void calls_tell_the_headers_that_they_take_and_give() {
        var document = document();
        var task = "paths.'/tasks/{id}'.";

        for (var call : List.of(task + "put", task + "patch", task + "delete", "paths.'/tasks/{id}/complete'.patch")) {
            assertEquals("#/components/parameters/If-Match", document.getString(call + ".parameters.$ref.find { it }"));
            assertTrue(document.getMap(call + ".responses").containsKey("412"), call);
        }
        assertEquals("header", document.getString("components.parameters.If-Match.in"));
        assertTrue(document.getMap(task + "get.responses").containsKey("304"));
        assertTrue(document.getMap("paths.'/tasks'.post.responses").containsKey("409"));
        assertEquals(
                Set.of("ETag", "Location", "X-Request-ID"),
                document.getMap("paths.'/tasks'.post.responses.201.headers").keySet());
        assertEquals(
                Set.of("ETag", "X-Request-ID"),
                document.getMap("paths.'/tasks/{id}/restore'.post.responses.200.headers")
                        .keySet());
    }

    @Test
    void generic_clients_learn_how_to_authenticate() {
        assertEquals("bearer", document().getString("components.securitySchemes.access_token.scheme"));
        assertEquals(
                "/auth/login",
                document().getString("components.securitySchemes.password_form.flows.password.tokenUrl"));
    }

    private static Map<String, Map<String, Map<String, ?>>> paths() {
        return document().getMap("paths");
    }

    private static JsonPath document() {
        return anyone().accept("application/json")
                .get("/openapi?format=json")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
