package dev.todo.http;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.freshAddress;
import static dev.todo.TodoClient.registered;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.todo.RawConnection;
import dev.todo.RawHttp;
import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sends bodies of each type, framing and size to each route of the OpenAPI document. Every route rejects a request that
 * it cannot accept in the same way, and the connection can serve the next one.
 */
@QuarkusTest
class EveryRouteTest {

    private static final String SOME_ID = "01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11";
    private static final int TOO_LARGE = 70_000;

    private static final List<String> UNREADABLE_TYPES = List.of(
            "", "a", ";", "/", "a/", "/b", "a/b/c", "*/*", "application/*", "a b/c", "application/json; charset=\"");
    private static final List<String> WRONG_TYPES = List.of("text/plain", "application/xml", "multipart/form-data");
    private static final List<String> ODD_TYPES =
            List.of("application/json", "application/json; charset=latin1", "application/json;", "application/JSON");
    private static final List<Integer> SIZES = List.of(0, 2, TOO_LARGE);

    private record Route(String method, String path, boolean isPublic, boolean hasBody) {

        String line() {
            return method + " " + path.replaceAll("\\{[^}]+}", SOME_ID);
        }

        /** Left out because the other rows need the session. */
        boolean endsTheSession() {
            return path.equals("/auth/logout");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** One caller for all rows: an administrator, who may call every route. */
    private static class Shared {
        static final TodoClient ADMIN = admin();

        private static TodoClient admin() {
            var admin = registered();
            TestDatabase.makeAdmin(admin);
            return admin;
        }
    }

    private List<Route> routes;

    @BeforeEach
    void readRoutes() {
        Map<String, Map<String, Map<String, ?>>> paths =
                anyone().get("/openapi?format=json").then().extract().path("paths");
        routes = paths.entrySet().stream()
                .flatMap(path -> path.getValue().entrySet().stream()
                        .filter(operation -> !operation.getKey().equals("parameters"))
                        .map(operation -> new Route(
                                operation.getKey().toUpperCase(),
                                path.getKey(),
                                isPublic(operation.getValue()),
                                operation.getValue().containsKey("requestBody"))))
                .toList();
        assertTrue(routes.size() > 25, "Only " + routes);
        assertTrue(routes.stream().anyMatch(Route::hasBody) && routes.stream().anyMatch(Route::isPublic), "" + routes);
    }

    private static boolean isPublic(Map<String, ?> operation) {
        return !(operation.get("security") instanceof List<?> schemes) || schemes.isEmpty();
    }

    static Stream<Arguments> framings() {
        return Stream.of(true, false).flatMap(isChunked -> SIZES.stream().map(size -> arguments(isChunked, size)));
    }

    @ParameterizedTest(name = "chunked {0}, {1} bytes")
    @MethodSource("framings")
    void every_route_accepts_or_rejects_a_kind_of_body_in_the_same_way(boolean isChunked, int size) {
        try (var connection = new RawConnection()) {
            for (var route : routes) {
                if (route.method.equals("GET") && route.path.equals("/tasks/events") || route.endsTheSession()) {
                    continue;
                }
                for (var type : types()) {
                    var row = route + ", " + type + ", chunked " + isChunked + ", " + size;
                    connection.send(request(route.line(), token() + contentType(type), isChunked, size));
                    assertExpectedStatus(route, type, size, connection.read(), row);
                }
                assertServesNextRequest(connection, route.toString());
            }
        }
    }

    @ParameterizedTest(name = "chunked {0}, {1} bytes")
    @MethodSource("framings")
    void requires_a_token_before_reading_any_body(boolean isChunked, int size) {
        try (var connection = new RawConnection()) {
            for (var route : routes) {
                for (var type : List.of("none", "application/json", "text/plain", "a")) {
                    if (!route.isPublic) {
                        var row = route + ", " + type + ", chunked " + isChunked + ", " + size;
                        connection.send(request(route.line(), contentType(type), isChunked, size));
                        assertEquals(401, connection.read().status(), row);
                        assertServesNextRequest(connection, row);
                    }
                }
            }
        }
    }

    @Test
    void answers_HEAD_wherever_it_answers_GET() {
        try (var connection = new RawConnection()) {
            for (var route : routes) {
                if (route.method.equals("GET")) {
                    connection.send(request(route.line().replace("GET", "HEAD"), token(), false, 0));
                    assertTrue(List.of(200, 404).contains(connection.readHead().status()), route.toString());
                    assertServesNextRequest(connection, route.toString());
                }
            }
        }
    }

    @Test
    void HEAD_of_a_stream_has_the_headers_of_GET() {
        try (var connection = new RawConnection()) {
            connection.send(request("HEAD /tasks/events", token(), false, 0));
            assertTrue(connection.readHead().header("Content-Type").startsWith("text/event-stream"));
            for (var format : List.of("json", "csv", "ics")) {
                var path = " /tasks/export?format=" + format;
                connection.send(request("HEAD" + path, token(), false, 0));
                var head = connection.readHead();
                connection.send(request("GET" + path, token(), false, 0));
                var get = connection.read();
                assertEquals(get.header("Content-Type"), head.header("Content-Type"));
                assertEquals(get.header("Content-Disposition"), head.header("Content-Disposition"));
            }
            connection.send(request("HEAD /tasks/export?format=xml", token(), false, 0));
            assertEquals(400, connection.readHead().status());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "username=nobody%40example.com&password=wrong+password",
                "password=wrong%20password&username=nobody%40example.com&scope="
            })
    void accepts_a_chunked_log_in_form(String form) {
        var head = "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                + "X-Forwarded-For: " + freshAddress() + "\r\nTransfer-Encoding: chunked\r\n\r\n";

        try (var connection = new RawConnection()) {
            connection.send(head + chunk(form) + "0\r\n\r\n");
            assertEquals(401, connection.read().status());
            connection.send(head + chunk("username=").repeat(2) + chunk("a".repeat(TOO_LARGE)) + "0\r\n\r\n");
            assertEquals(413, connection.read().status());
            assertServesNextRequest(connection, form);
        }
    }

    @Test
    void applies_the_import_limit_to_all_spellings_of_its_path() {
        for (var path : List.of("/tasks/import", "/%74asks/import", "//tasks/import", "/tasks/./import")) {
            var rows = ("title\r\n" + "a".repeat(TOO_LARGE)).getBytes(ISO_8859_1);
            try (var connection = new RawConnection()) {
                connection.send("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\n" + token()
                        + "Content-Length: " + rows.length + "\r\n\r\n");
                connection.send(rows);
                assertEquals(422, connection.read().status(), path);
            }
        }
    }

    @Test
    void rejects_an_import_of_more_than_10_MiB_chunked_or_not() {
        for (var isChunked : List.of(true, false)) {
            try (var connection = new RawConnection()) {
                connection.send(
                        request("POST /tasks/import", token() + contentType("text/csv"), isChunked, 11_000_000));
                assertEquals(413, connection.read().status());
                assertServesNextRequest(connection, "import");
            }
        }
    }

    private void assertExpectedStatus(Route route, String type, int size, RawHttp response, String row) {
        var status = response.status();
        var why = row + ": " + response.head() + response.body();
        assertTrue(status < 500, why);
        assertTrue(!response.header("X-Request-ID").isEmpty(), why);
        assertTrue(status < 400 || response.header("Content-Type").equals("application/problem+json"), why);
        var isImport = route.path.equals("/tasks/import");
        if (UNREADABLE_TYPES.contains(type) && !route.method.equals("GET")) {
            assertEquals(415, status, why);
        } else if (route.hasBody && WRONG_TYPES.contains(type) && (size > 0 || !route.path.equals("/auth/refresh"))) {
            assertTrue(status == 415 || size == TOO_LARGE && status == 413, why);
        } else if (size == TOO_LARGE && !isImport) {
            assertTrue(status == 413 || status == 415, why);
        } else if (route.hasBody && size > 0) {
            // The body is a JSON string
            assertTrue(List.of(400, 404, 422).contains(status), why);
        }
    }

    private static void assertServesNextRequest(RawConnection connection, String row) {
        connection.send(request("GET /users/me", token(), false, 0));
        assertEquals(200, connection.read().status(), "After " + row);
    }

    private static List<String> types() {
        return Stream.of(UNREADABLE_TYPES, WRONG_TYPES, ODD_TYPES, List.of("none"))
                .flatMap(List::stream)
                .toList();
    }

    private static String contentType(String type) {
        return type.equals("none") ? "" : "Content-Type: " + type + "\r\n";
    }

    private static String token() {
        return "Authorization: Bearer " + Shared.ADMIN.token() + "\r\n";
    }

    /** A request with a JSON string of this size as its body. */
    private static String request(String line, String headers, boolean isChunked, int size) {
        var body = size == 0 ? "" : "\"" + "a".repeat(size - 2) + "\"";
        return line + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + freshAddress() + "\r\n" + headers
                + (isChunked
                        ? "Transfer-Encoding: chunked\r\n\r\n" + chunk(body) + (size == 0 ? "" : "0\r\n\r\n")
                        : size == 0 ? "\r\n" : "Content-Length: " + size + "\r\n\r\n" + body);
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }
}

@QuarkusIntegrationTest
class EveryRouteIT extends EveryRouteTest {}
