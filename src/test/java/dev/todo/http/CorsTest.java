package dev.todo.http;

import static dev.todo.EmbeddedPostgresResource.ORIGIN;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class CorsTest {

    private static final Set<String> ALLOWED = Set.of(
            "authorization",
            "content-type",
            "if-match",
            "if-none-match",
            "idempotency-key",
            "last-event-id",
            "x-request-id");
    private static final Set<String> EXPOSED = Set.of(
            "link",
            "etag",
            "location",
            "retry-after",
            "ratelimit",
            "ratelimit-policy",
            "x-request-id",
            "x-total-count");

    @ParameterizedTest
    @ValueSource(strings = {ORIGIN, "https://other.example.com"})
    void allows_CORS_ORIGINS_all_methods_and_headers_of_the_API(String origin) {
        for (var method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            var answer = preflight(origin, method, "authorization,content-type,if-match");

            assertTrue(answer.statusCode() == 200 || answer.statusCode() == 204, answer.statusLine());
            assertEquals(origin, answer.header("Access-Control-Allow-Origin"));
            assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
            assertTrue(names(answer, "Access-Control-Allow-Methods").contains(method.toLowerCase()));
            assertEquals(ALLOWED, names(answer, "Access-Control-Allow-Headers"));
            assertTrue(names(answer, "Vary").contains("origin"));
        }
    }

    @Test
    void exposes_response_headers_to_CORS_ORIGINS() {
        var answer = registered().request().header("Origin", ORIGIN).get("/users/me");

        assertEquals(200, answer.statusCode());
        assertEquals(ORIGIN, answer.header("Access-Control-Allow-Origin"));
        assertEquals("true", answer.header("Access-Control-Allow-Credentials"));
        assertEquals(EXPOSED, names(answer, "Access-Control-Expose-Headers"));
        assertTrue(names(answer, "Vary").contains("origin"));
    }

    @Test
    void exposes_errors_to_CORS_ORIGINS() {
        var errors = List.of(
                anyone().header("Origin", ORIGIN).get("/users/me"),
                anyone().header("Origin", ORIGIN).get("/nowhere"),
                anyone().header("Origin", ORIGIN).delete("/auth/login"),
                anyone().header("Origin", ORIGIN)
                        .contentType("application/json")
                        .body("{")
                        .post("/auth/login"),
                anyone().header("Origin", ORIGIN)
                        .contentType("application/json")
                        .body("x".repeat(70_000))
                        .post("/auth/login"));

        assertEquals(
                List.of(401, 404, 405, 400, 413),
                errors.stream().map(Response::statusCode).toList());
        for (var error : errors) {
            assertEquals(ORIGIN, error.header("Access-Control-Allow-Origin"), error.statusLine());
            assertEquals(EXPOSED, names(error, "Access-Control-Expose-Headers"), error.statusLine());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.com",
                "http://app.example.com",
                "https://app.example.com:8443",
                "https://app.example.com.evil.com",
                "https://example.com",
                "null",
                "*"
            })
    void does_not_allow_other_origins(String origin) {
        var answers = List.of(
                preflight(origin, "DELETE", "authorization"),
                registered().request().header("Origin", origin).get("/users/me"));

        for (var answer : answers) {
            assertNull(answer.header("Access-Control-Allow-Origin"));
            assertNull(answer.header("Access-Control-Allow-Credentials"));
            assertNull(answer.header("Access-Control-Allow-Headers"));
            assertNull(answer.header("Access-Control-Expose-Headers"));
        }
        assertEquals(200, answers.get(1).statusCode());
    }

    @Test
    void sends_only_Vary_if_a_request_has_no_Origin() {
        var answer = registered().me();

        answer.then().header("Access-Control-Allow-Origin", nullValue()).header("Vary", containsString("Origin"));
    }

    @Test
    void does_not_treat_a_plain_OPTIONS_request_as_a_preflight() {
        anyone().header("Origin", ORIGIN)
                .options("/tasks")
                .then()
                .header("Access-Control-Allow-Origin", equalTo(ORIGIN))
                .header("Access-Control-Allow-Methods", nullValue());
    }

    @Test
    void a_preflight_response_has_the_headers_of_every_response() {
        preflight(ORIGIN, "GET", "authorization")
                .then()
                .header("X-Request-ID", not(nullValue()))
                .header("X-Content-Type-Options", "nosniff");
    }

    private static Response preflight(String origin, String method, String headers) {
        return anyone().header("Origin", origin)
                .header("Access-Control-Request-Method", method)
                .header("Access-Control-Request-Headers", headers)
                .options("/tasks");
    }

    private static Set<String> names(Response answer, String header) {
        var value = answer.header(header);
        assertFalse(value == null, () -> header + " is missing: " + answer.statusLine());
        return Arrays.stream(value.split(","))
                .map(name -> name.strip().toLowerCase())
                .collect(Collectors.toSet());
    }
}

@QuarkusIntegrationTest
class CorsIT extends CorsTest {}
