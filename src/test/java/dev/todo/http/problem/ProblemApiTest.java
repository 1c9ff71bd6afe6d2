package dev.todo.http.problem;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.RawHttp;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ProblemApiTest {

    private static final int BODY_LIMIT = 64 * 1024;

    // Problem documents

    @Test
    void a_problem_has_the_members_of_rfc_9457_and_a_code() {
        registered()
                .request()
                .get("/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("$", aMapWithSize(6))
                .body("type", equalTo("about:blank"))
                .body("title", equalTo("Not Found"))
                .body("status", equalTo(404))
                .body("detail", equalTo("Not found."))
                .body("instance", equalTo("/nowhere"))
                .body("code", equalTo("not_found"));
    }

    @Test
    void reports_an_invalid_field_by_the_name_the_client_used() {
        registered()
                .create("{\"title\": \"Milk\", \"due_at\": \"soon\"}")
                .then()
                .statusCode(422)
                .body("errors", contains(aMapWithSize(2)))
                .body("errors[0].field", equalTo("due_at"))
                .body("errors[0].message", startsWith("must be an RFC 3339 time"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "text/plain;q=0.5", "image/png"})
    void sends_problem_documents_regardless_of_Accept(String accepted) {
        anyone().accept(accepted)
                .get("/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not_found"));
    }

    // 404

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nowhere",
                "/auth",
                "/auth/",
                "/auth/login/x",
                "/users",
                "/users/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11",
                "/task",
                "/TASKS",
                "/tasks/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11/nowhere",
                "/q/health",
                "/q/health/live",
                "/q/metrics",
                "/q/swagger-ui",
                "/q/openapi",
                "/q/dev",
                "/.env",
                "/index.php",
                "/META-INF/MANIFEST.MF",
                "/docs/nowhere"
            })
    void returns_404_for_an_unknown_path_even_without_a_token(String path) {
        anyone().get(path)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("code", equalTo("not_found"))
                .body("instance", equalTo(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void returns_404_for_an_unknown_path_with_any_method(String method) {
        anyone().header("Authorization", "Bearer stale")
                .request(method, "/nowhere")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
    }

    // 405

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PUT, /tasks, 'GET, HEAD, OPTIONS, POST'",
        "PATCH, /tasks, 'GET, HEAD, OPTIONS, POST'",
        "PATCH, /users/me, 'DELETE, GET, HEAD, OPTIONS'",
        "POST, /users/me, 'DELETE, GET, HEAD, OPTIONS'",
        "POST, /tasks/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11, 'DELETE, GET, HEAD, OPTIONS, PATCH, PUT'",
        "GET, /tasks/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11/complete, 'OPTIONS, PATCH'"
    })
    void rejects_an_unsupported_method_with_those_that_are_allowed(String method, String path, String allow) {
        var answer = registered().request().request(method, path);

        answer.then()
                .statusCode(405)
                .contentType("application/problem+json")
                .body("code", equalTo("method_not_allowed"))
                .body("instance", equalTo(path));
        assertTrue(
                namesIn(answer.header("Allow")).containsAll(namesIn(allow)), () -> "Allow: " + answer.header("Allow"));
        assertTrue(!namesIn(answer.header("Allow")).contains(method), () -> "Allow: " + answer.header("Allow"));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"GET, /auth/login", "PUT, /auth/login", "DELETE, /auth/signup", "PATCH, /auth/signup"})
    void lists_the_methods_of_public_paths_without_a_token(String method, String path) {
        var answer = anyone().request(method, path);

        answer.then()
                .statusCode(405)
                .contentType("application/problem+json")
                .body("code", equalTo("method_not_allowed"));
        assertEquals(namesIn("OPTIONS, POST"), namesIn(answer.header("Allow")));
    }

    // 406

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml", "image/*", "text/event-stream"})
    void answers_406_if_the_client_does_not_accept_json(String accepted) {
        registered()
                .request()
                .accept(accepted)
                .get("/tasks")
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("code", equalTo("not_acceptable"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*/*", "application/*", "text/html, application/json;q=0.1", "application/json; charset=utf-8"})
    void sends_json_if_the_client_accepts_it_among_others(String accepted) {
        registered()
                .request()
                .accept(accepted)
                .get("/tasks")
                .then()
                .statusCode(200)
                .contentType("application/json");
    }

    // 413

    @Test
    void accepts_a_body_of_64_KiB() {
        var answer = registered().create(milkPaddedTo(BODY_LIMIT));

        answer.then().statusCode(201);
    }

    @Test
    void rejects_a_body_that_declares_more_than_64_KiB() {
        registered()
                .create(milkPaddedTo(BODY_LIMIT + 1))
                .then()
                .statusCode(413)
                .contentType("application/problem+json")
                .body("code", equalTo("content_too_large"))
                .body("instance", equalTo("/tasks"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"70000", "2000000000", "999999999999999999", "9223372036854775807"})
    void does_not_wait_for_the_end_of_a_body_that_is_too_large(String length) {
        var answer = RawHttp.exchange(
                "POST /auth/login",
                "Content-Type: application/json\r\nContent-Length: " + length + "\r\n",
                milkPaddedTo(69_999).getBytes(UTF_8));

        assertEquals(413, answer.status(), answer.toString());
        assertEquals("application/problem+json", answer.header("Content-Type"), answer.toString());
    }

    @Test
    void accepts_a_chunked_body_of_64_KiB() {
        var answer = chunked("POST /tasks", registered().token(), milkPaddedTo(BODY_LIMIT));

        assertEquals(201, answer.status(), answer.toString());
    }

    @Test
    void rejects_a_chunked_body_of_more_than_64_KiB() {
        var answer = chunked("POST /tasks", registered().token(), milkPaddedTo(BODY_LIMIT + 1));

        assertEquals(413, answer.status(), answer.toString());
        assertEquals("application/problem+json", answer.header("Content-Type"), answer.toString());
        assertTrue(answer.body().contains("content_too_large"), answer.body());
    }

    @Test
    void rejects_a_chunked_body_of_many_times_the_limit() {
        var answer = chunked("POST /auth/signup", "none", milkPaddedTo(16 * BODY_LIMIT));

        assertEquals(413, answer.status(), answer.toString());
    }

    // 415

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "text/json"})
    void rejects_a_body_that_is_not_json(String contentType) {
        registered()
                .request()
                .contentType(contentType)
                .body("{\"title\": \"Milk\"}")
                .post("/tasks")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("code", equalTo("unsupported_media_type"));
    }

    @Test
    void accepts_a_merge_patch_only_with_PATCH() {
        registered()
                .request()
                .contentType("application/merge-patch+json")
                .body("{\"title\": \"Milk\"}")
                .post("/tasks")
                .then()
                .statusCode(415);
    }

    @Test
    void accepts_json_that_declares_utf_8() {
        registered()
                .request()
                .contentType("application/json; charset=UTF-8")
                .body("{\"title\": \"Käse\"}")
                .post("/tasks")
                .then()
                .statusCode(201)
                .body("title", equalTo("Käse"));
    }

    // 401 before any other error

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "PUT, /tasks",
        "POST, /users/me",
        "GET, /tasks?limit=many",
        "GET, /tasks?colour=red",
        "GET, /tasks/nothing",
        "POST, /tasks/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11"
    })
    void requires_a_token_before_checking_anything_else(String method, String path) {
        anyone().urlEncodingEnabled(false)
                .request(method, path)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer");
    }

    @Test
    void requires_a_token_before_reading_the_body() {
        var unreadable = anyone().contentType("application/json").body("{");
        var invalid = anyone().contentType("application/json").body("{}");
        var wrongType = anyone().contentType("text/plain").body("x");
        var tooLarge = anyone().contentType("application/json").body(milkPaddedTo(BODY_LIMIT + 1));
        var notAcceptable =
                anyone().contentType("application/json").accept("text/html").body("{}");

        unreadable.post("/tasks").then().statusCode(401);
        invalid.post("/tasks").then().statusCode(401);
        wrongType.post("/tasks").then().statusCode(401);
        tooLarge.post("/tasks").then().statusCode(401);
        notAcceptable.post("/tasks").then().statusCode(401);
    }

    // Query

    @Test
    void rejects_an_unknown_query_parameter_by_name() {
        registered()
                .list("colour=red")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", contains("colour"));
    }

    @Test
    void rejects_a_repeated_query_parameter() {
        registered()
                .list("limit=1&limit=1")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_parameter"))
                .body("errors.field", contains("limit"));
    }

    // Headers

    @Test
    void gives_each_response_its_own_id() {
        var first = anyone().get("/nowhere").header("X-Request-ID");
        var second = anyone().get("/nowhere").header("X-Request-ID");

        assertTrue(first.matches("[0-9a-f-]{36}"), first);
        assertNotEquals(first, second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11", "client:7/retry=2"})
    void returns_a_valid_request_id(String id) {
        anyone().header("X-Request-ID", id)
                .get("/users/me")
                .then()
                .statusCode(401)
                .header("X-Request-ID", id);
        anyone().header("X-Request-ID", id)
                .get("/nowhere")
                .then()
                .statusCode(404)
                .header("X-Request-ID", id);
        registered()
                .request()
                .header("X-Request-ID", id)
                .get("/users/me")
                .then()
                .header("X-Request-ID", id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "a\tb", "\"quoted\"", "<script>", "%0d%0aX-Injected: 1", "naïve"})
    void replaces_an_invalid_request_id(String id) {
        anyone().header("X-Request-ID", id)
                .get("/nowhere")
                .then()
                .header("X-Request-ID", not(equalTo(id)))
                .header("X-Request-ID", matchesRegex("[0-9a-f-]{36}"));
    }

    @Test
    void replaces_a_request_id_that_is_too_long() {
        anyone().header("X-Request-ID", "a".repeat(1000))
                .get("/nowhere")
                .then()
                .header("X-Request-ID", matchesRegex("[0-9a-f-]{36}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/tasks", "/users/me", "/nowhere", "/auth/login", "/openapi", "/docs", "/docs/"})
    void forbids_content_sniffing_in_every_response(String path) {
        anyone().redirects()
                .follow(false)
                .get(path)
                .then()
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Request-ID", matchesRegex("[0-9a-f-]{36}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /tasks/%zz",
                "GET /tasks/%",
                "GET /tasks/%00",
                "GET /tasks/%FF%FE",
                "GET /%zz",
                "GET /nowhere%00",
                "GET /tasks?%zz=1",
                "GET /tasks?limit=%",
                "GET /tasks?limit=%zz",
                "GET /tasks?cursor=%00",
                "GET /tasks?cursor=%FF",
                "GET /tasks?%00",
                "GET /tasks?%FF%FE=1",
                "GET /tasks/../../etc/passwd",
                "GET /tasks/..%2f..%2fetc%2fpasswd",
                "GET /tasks;a=b/x",
                "GET /docs/%2e%2e/%2e%2e/application.properties",
                "GET /docs/..%5c..%5capplication.properties",
                "GET http://[::1/tasks",
                "TRACE /tasks",
                "CONNECT /tasks",
                "BREW /tasks",
                "OPTIONS *"
            })
    void rejects_an_invalid_request_line_without_revealing_anything(String requestLine) {
        var answer = RawHttp.exchange(
                requestLine, "Authorization: Bearer " + registered().token() + "\r\n");

        assertTrue(answer.status() >= 400 && answer.status() < 500, answer.toString());
        assertRevealsNothing(answer);
    }

    @Test
    void a_problem_reveals_no_class_name_sql_or_html() {
        var token = registered().token();

        for (var body :
                new String[] {"{", "[]", "{\"title\": {}}", "{\"tags\": [[]]}", "{\"due_at\": \"x\"}", "{\"x\": 1}"}) {
            assertRevealsNothing(RawHttp.exchange(
                    "POST /tasks",
                    "Authorization: Bearer " + token + "\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n",
                    body.getBytes(UTF_8)));
        }
    }

    private static void assertRevealsNothing(RawHttp answer) {
        assertTrue(
                !answer.body()
                        .matches("(?s).*(\\bat [a-z]+\\.|Exception|java\\.|jakarta|dev\\.todo|com\\.|io\\."
                                + "|select |insert |<html|<!doctype).*"),
                answer.toString());
    }

    private static RawHttp chunked(String requestLine, String token, String body) {
        var chunks = new StringBuilder();
        for (var start = 0; start < body.length(); start += 8000) {
            var chunk = body.substring(start, Math.min(body.length(), start + 8000));
            chunks.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return RawHttp.exchange(
                requestLine,
                "Authorization: Bearer " + token
                        + "\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n",
                (chunks + "0\r\n\r\n").getBytes(UTF_8));
    }

    /** A task padded with white space to this many bytes. */
    private static String milkPaddedTo(int bytes) {
        var milk = "{\"title\": \"Milk\"}";
        return " ".repeat(bytes - milk.length()) + milk;
    }

    private static Set<String> namesIn(String allow) {
        return new TreeSet<>(Arrays.asList(allow.split(", *")));
    }
}

@QuarkusIntegrationTest
class ProblemApiIT extends ProblemApiTest {}
