package dev.todo;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.http.problem.ErrorCode;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The document matches the service. The service also rejects query parameters that the document does not contain. */
@QuarkusTest
class OpenApiTest {

    @Test
    void documents_every_call() {
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
    void documents_the_errors_and_authentication_of_every_call() {
        paths().forEach((path, item) -> item.forEach((method, operation) -> {
            var call = method + " " + path;
            var answers = ((Map<?, ?>) operation.get("responses")).keySet();
            assertTrue(answers.containsAll(Set.of("400", "406", "503")), call);
            assertFalse(answers.contains("500"), call);
            var isPublic = path.matches("/auth/(signup|login|refresh|logout)");
            assertEquals(isPublic, ((List<?>) operation.get("security")).isEmpty(), call);
            assertEquals(!isPublic, answers.contains("403"), call);
            assertEquals(path.contains("{"), answers.contains("404"), call);
            assertEquals(operation.containsKey("requestBody"), answers.containsAll(Set.of("413", "415", "422")), call);
        }));
    }

    @Test
    void lists_every_error_code_with_its_status() {
        var member = document().<String, Object>getMap("components.schemas.Problem.properties.code");

        assertEquals(Arrays.stream(ErrorCode.values()).map(code -> code.label).toList(), member.get("enum"));
        for (var code : ErrorCode.values()) {
            var status = code == ErrorCode.REFUSED ? "Any other 4xx" : code.status;
            assertTrue(
                    member.get("description").toString().matches(".*" + status + ": [^.]*`" + code.label + "`.*"),
                    code.label);
        }
    }

    @Test
    void responses_name_only_codes_of_their_status() {
        paths().forEach((path, item) -> item.forEach((method, operation) -> {
            var responses = (Map<?, ?>) operation.get("responses");
            responses.forEach((status, response) -> {
                var code = Pattern.compile("^`([a-z_]+)`:").matcher("" + ((Map<?, ?>) response).get("description"));
                if (code.find()) {
                    var known = ErrorCode.valueOf(code.group(1).toUpperCase());
                    assertEquals(status, String.valueOf(known.status), method + " " + path);
                }
            });
        }));
    }

    @Test
    void documents_the_members_of_a_task_in_their_order() {
        var task = registered().create(Map.of("title", "Buy milk")).jsonPath().<String, Object>getMap("$");
        var members = new ArrayList<>(task.keySet());
        members.addAll(List.of("deleted_at", "next"));

        assertEquals(
                members,
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
    void every_call_has_a_unique_operation_id() {
        var names = new TreeSet<String>();
        paths().forEach((path, item) -> item.forEach((method, operation) ->
                assertTrue(names.add((String) operation.get("operationId")), () -> method + " " + path)));
    }

    @Test
    void documents_the_query_parameters_of_the_list_and_their_limits() {
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
    void documents_Retry_After_for_temporary_errors(int status) {
        assertTrue(document()
                .getMap("components.responses.Problem" + status + ".headers")
                .containsKey("Retry-After"));
    }

    @Test
    void documents_request_and_response_headers() {
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
    void references_resolve_and_are_not_circular() {
        var document = document();
        referencesIn(document.getMap("$"), "").forEach((place, reference) -> {
            var target = reference.substring("#/".length()).split("/");
            var name = target[target.length - 1];

            assertTrue(document.getMap(target[0] + "." + target[1]).containsKey(name), place + " to " + reference);
            assertNotEquals("/" + String.join("/", target), place);
        });
    }

    /** Generated clients require members that have a default. */
    @Test
    void members_of_a_task_have_no_default() {
        document()
                .<String, Map<String, ?>>getMap("components.schemas.NewTask.properties")
                .forEach((name, member) -> assertFalse(member.containsKey("default"), name));
    }

    @Test
    void members_of_responses_are_required_unless_they_may_be_absent() {
        var task = "components.schemas.Task.";
        var members = new ArrayList<>(document().getMap(task + "properties").keySet());
        members.removeAll(List.of("deleted_at", "next"));

        assertEquals(members, document().getList(task + "required"));
    }

    @Test
    void every_schema_is_referenced() {
        var document = document();
        var references = referencesIn(document.getMap("$"), "").values();

        for (var schema : document.getMap("components.schemas").keySet()) {
            assertTrue(references.contains("#/components/schemas/" + schema), schema.toString());
        }
    }

    @Test
    void every_call_has_a_success_response() {
        paths().forEach((path, item) -> item.forEach((method, operation) -> assertTrue(
                ((Map<?, ?>) operation.get("responses"))
                        .keySet().stream().anyMatch(status -> status.toString().startsWith("2")),
                method + " " + path)));
    }

    @Test
    void every_header_has_a_schema() {
        var headers = objectsAt("headers", document().getMap("$"));

        assertFalse(headers.isEmpty());
        headers.forEach(named -> named.forEach(
                (name, header) -> assertTrue(((Map<?, ?>) header).containsKey("schema"), name.toString())));
    }

    @Test
    void every_enum_is_one_schema() {
        var document = document();
        var priorities = "paths.'/tasks'.get.parameters.find { it.name == 'priority' }.schema.";

        assertEquals(List.of("low", "medium", "high"), document.getList("components.schemas.Priority.enum"));
        assertEquals(List.of("user", "admin"), document.getList("components.schemas.Role.enum"));
        assertEquals(List.of("tasks:read", "tasks:write"), document.getList("components.schemas.Scope.enum"));
        assertEquals("#/components/schemas/Priority", document.getString(priorities + "items.$ref"));
        assertEquals(
                "#/components/schemas/Priority",
                document.getString("components.schemas.NewTask.properties.priority.anyOf[0].$ref"));
    }

    @Test
    void times_and_ids_are_strings_with_a_format() {
        var task = document().<String, Map<String, ?>>getMap("components.schemas.Task.properties");

        assertEquals(Map.of("type", "string", "format", "uuid"), task.get("id"));
        assertEquals(Map.of("type", List.of("string", "null"), "format", "date-time"), task.get("completed_at"));
    }

    @Test
    void a_merge_patch_has_no_required_members_and_no_defaults() {
        var document = document();
        var body = document.getString(
                "paths.'/tasks/{id}'.patch.requestBody.content.'application/merge-patch+json'.schema.$ref");
        Map<String, Map<String, ?>> members = document.getMap("components.schemas.TaskPatch.properties");

        assertEquals("#/components/schemas/TaskPatch", body);
        assertFalse(document.getMap("components.schemas.TaskPatch").containsKey("required"));
        assertEquals(document.getMap("components.schemas.NewTask.properties").keySet(), members.keySet());
        members.values().forEach(member -> assertFalse(member.containsKey("default")));
    }

    @Test
    void a_GET_has_no_body() {
        paths().forEach((path, item) -> {
            if (item.containsKey("get")) {
                assertFalse(item.get("get").containsKey("requestBody"), path);
            }
        });
    }

    @Test
    void does_not_expose_internal_schemas() {
        var schemas = document().<String, Map<String, ?>>getMap("components.schemas");

        for (var inner :
                List.of("Sse", "KeptMembers", "DeleteAccountRequest", "ImportedTask", "Recurrence", "ZoneId")) {
            assertFalse(schemas.containsKey(inner), inner);
        }
        // Anything else would be a type of the JDK
        schemas.forEach(
                (name, schema) -> assertTrue("object".equals(schema.get("type")) || schema.containsKey("enum"), name));
        assertEquals(
                "string",
                document()
                        .getList("components.schemas.NewTask.properties.recurrence.type")
                        .get(0));
        assertEquals(
                "string",
                document()
                        .getList("components.schemas.NewTask.properties.timezone.type")
                        .get(0));
    }

    @Test
    void describes_every_tag() {
        var tags = document().<Map<String, String>>getList("tags");

        assertEquals(4, tags.size());
        tags.forEach(tag -> assertFalse(tag.get("description").isBlank(), tag.get("name")));
    }

    @Test
    void documents_how_to_authenticate() {
        assertEquals("bearer", document().getString("components.securitySchemes.access_token.scheme"));
        assertEquals(
                "/auth/login",
                document().getString("components.securitySchemes.password_form.flows.password.tokenUrl"));
    }

    /** The references below an element, by their place. */
    private static Map<String, String> referencesIn(Object element, String place) {
        var references = new TreeMap<String, String>();
        if (element instanceof Map<?, ?> members) {
            members.forEach((name, member) -> {
                if (name.equals("$ref")) {
                    references.put(place, member.toString());
                } else {
                    references.putAll(referencesIn(member, place + "/" + name));
                }
            });
        } else if (element instanceof List<?> items) {
            for (var i = 0; i < items.size(); i++) {
                references.putAll(referencesIn(items.get(i), place + "/" + i));
            }
        }
        return references;
    }

    private static List<Map<?, ?>> objectsAt(String name, Object element) {
        var found = new ArrayList<Map<?, ?>>();
        if (element instanceof Map<?, ?> members) {
            members.forEach((key, member) -> {
                if (key.equals(name) && member instanceof Map<?, ?> object) {
                    found.add(object);
                }
                found.addAll(objectsAt(name, member));
            });
        } else if (element instanceof List<?> items) {
            items.forEach(item -> found.addAll(objectsAt(name, item)));
        }
        return found;
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

@QuarkusIntegrationTest
class OpenApiIT extends OpenApiTest {}
