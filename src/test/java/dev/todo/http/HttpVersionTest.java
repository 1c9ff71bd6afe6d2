package dev.todo.http;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshAddress;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that offer to upgrade to HTTP/2, as Java's do on each new connection, get responses in HTTP/1.1. */
@QuarkusTest
class HttpVersionTest {

    private static final String JSON = "application/json";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    @Test
    void signs_up_logs_in_and_logs_out() throws Exception {
        var credentials = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(freshEmail(), PASSWORD);

        var user = send("POST", "/auth/signup", JSON, BodyPublishers.ofString(credentials));
        var login = send("POST", "/auth/login", JSON, BodyPublishers.ofString(credentials));
        var token = JsonPath.from(login.body()).getString("access_token");
        var logout = send(as(token), "POST", "/auth/logout", JSON, BodyPublishers.noBody());
        var me = send(as(token), "GET", "/users/me", JSON, BodyPublishers.noBody());

        assertEquals(
                List.of(201, 200, 204, 401),
                List.of(user.statusCode(), login.statusCode(), logout.statusCode(), me.statusCode()));
    }

    @Test
    void adds_lists_changes_and_deletes_tasks() throws Exception {
        var alice = registered();

        for (var round = 0; round < 3; round++) {
            var milk = send(as(alice), "POST", "/tasks", JSON, BodyPublishers.ofString("{\"title\":\"Milk\"}"));
            var path = "/tasks/" + JsonPath.from(milk.body()).getString("id");
            var list = send(as(alice), "GET", "/tasks", JSON, BodyPublishers.noBody());
            var changed = send(as(alice), "PATCH", path, JSON, BodyPublishers.ofString("{\"priority\":\"high\"}"));
            var toggled = send(as(alice), "PATCH", path + "/complete", JSON, BodyPublishers.noBody());
            var deleted = send(as(alice), "DELETE", path, JSON, BodyPublishers.noBody());

            assertEquals(
                    List.of(201, 200, 200, 200, 204),
                    List.of(
                            milk.statusCode(),
                            list.statusCode(),
                            changed.statusCode(),
                            toggled.statusCode(),
                            deleted.statusCode()));
            assertEquals("[" + milk.body() + "]", list.body());
            assertEquals(HttpClient.Version.HTTP_1_1, deleted.version());
        }
    }

    @Test
    void accepts_a_body_without_a_length() throws Exception {
        var alice = registered();

        var milk = send(as(alice), "POST", "/tasks", JSON, undeclared("{\"title\":\"Milk\"}"));
        var tasks = send(as(alice), "POST", "/tasks/import", JSON, undeclared("[{\"title\":\"Bread\"}]"));

        assertEquals(201, milk.statusCode());
        assertEquals(200, tasks.statusCode());
    }

    @Test
    void accepts_a_form_without_a_length() throws Exception {
        var answer = send(
                "POST",
                "/auth/login",
                "application/x-www-form-urlencoded",
                undeclared("username=ada@example.com&password=" + PASSWORD));

        assertEquals(401, answer.statusCode());
        assertEquals("invalid_credentials", JsonPath.from(answer.body()).getString("code"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void rejects_a_body_over_64_KiB(boolean isDeclared) throws Exception {
        var alice = registered();
        var body = "{\"title\":\"" + "a".repeat(200_000) + "\"}";

        var answer =
                send(as(alice), "POST", "/tasks", JSON, isDeclared ? BodyPublishers.ofString(body) : undeclared(body));

        assertEquals(413, answer.statusCode());
        assertEquals(200, alice.list().statusCode());
    }

    @Test
    void reports_errors_as_problem_documents() throws Exception {
        var alice = registered();

        var stranger = send(as("nobody"), "GET", "/tasks", JSON, BodyPublishers.noBody());
        var missing = send(as(alice), "GET", "/no/such/path", JSON, BodyPublishers.noBody());
        var untitled = send(as(alice), "POST", "/tasks", JSON, BodyPublishers.ofString("{}"));

        assertEquals(
                List.of(401, 404, 422), List.of(stranger.statusCode(), missing.statusCode(), untitled.statusCode()));
        for (var answer : List.of(stranger, missing, untitled)) {
            assertEquals(
                    "application/problem+json",
                    answer.headers().firstValue("Content-Type").orElse(""));
        }
    }

    @Test
    void sends_the_page_and_an_export_completely() throws Exception {
        var alice = registered();
        IntStream.range(0, 30).forEach(i -> alice.add("Task " + i));

        var page = send("GET", "/", JSON, BodyPublishers.noBody());
        var export = send(as(alice), "GET", "/tasks/export?format=json", JSON, BodyPublishers.noBody());

        assertTrue(page.body().endsWith("</html>\n"), page.body());
        assertEquals(30, JsonPath.from(export.body()).getList("$").size());
    }

    private static String as(TodoClient user) {
        return as(user.token());
    }

    private static String as(String token) {
        return "Bearer " + token;
    }

    private static BodyPublisher undeclared(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes()));
    }

    private HttpResponse<String> send(String method, String path, String mediaType, BodyPublisher body)
            throws IOException, InterruptedException {
        return send("", method, path, mediaType, body);
    }

    private HttpResponse<String> send(
            String authorization, String method, String path, String mediaType, BodyPublisher body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + TodoClient.port() + path))
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", mediaType)
                .header("X-Forwarded-For", freshAddress())
                .method(method, body);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}

@QuarkusIntegrationTest
class HttpVersionIT extends HttpVersionTest {}
