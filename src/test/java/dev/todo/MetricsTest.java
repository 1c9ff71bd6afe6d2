package dev.todo;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.freshAddress;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.from;
import static dev.todo.TodoClient.registered;
import static dev.todo.TodoClient.signedUp;
import static dev.todo.TodoClient.tokenOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsTest {

    private static final Set<String> TEMPLATES = Set.of(
            "root",
            "NOT_FOUND",
            "REDIRECTION",
            "UNKNOWN",
            "/cors-preflight",
            "/openapi",
            "/admin/users",
            "/admin/users/{id}",
            "/auth/login",
            "/auth/logout",
            "/auth/refresh",
            "/auth/sessions",
            "/auth/sessions/{id}",
            "/auth/signup",
            "/auth/tokens",
            "/auth/tokens/{id}",
            "/tasks",
            "/tasks/events",
            "/tasks/export",
            "/tasks/import",
            "/tasks/stats",
            "/tasks/{id}",
            "/tasks/{id}/complete",
            "/tasks/{id}/restore",
            "/users/me",
            "/users/me/password");

    @Test
    void counts_log_ins_by_outcome() {
        var ada = registered();
        var before = Metrics.now();

        tokenOf(ada.email(), PASSWORD);
        TodoClient.logIn(ada.email(), "not her password").then().statusCode(401);
        TodoClient.logIn(freshEmail(), "nobody's password").then().statusCode(401);

        assertEquals(1, growth(before, "todo_logins_total", "outcome=\"success\""));
        assertEquals(2, growth(before, "todo_logins_total", "outcome=\"invalid_credentials\""));
    }

    @Test
    void counts_attempts_past_a_limit() {
        var address = freshAddress();
        var email = freshEmail();
        for (var attempt = 0; attempt < 5; attempt++) {
            logIn(address, email, 401);
        }
        var before = Metrics.now();

        logIn(address, email, 429);

        assertEquals(1, growth(before, "todo_attempts_refused_total", "limit=\"login\""));
        assertEquals(0, growth(before, "todo_logins_total", "outcome=\"invalid_credentials\""));
    }

    @Test
    void times_password_hashing() {
        registered();
        var before = Metrics.now();

        signedUp();

        assertEquals(2, growth(before, "todo_passwords_hashing_seconds_count", ""), "sign-up and log-in");
        assertTrue(growth(before, "todo_passwords_hashing_seconds_sum", "") > 0);
        assertEquals(0, Metrics.now().value("todo_passwords_waiting", ""));
    }

    @Test
    void counts_requests_by_path_template_not_by_id_or_unknown_path() {
        var ada = registered();
        var milk = ada.add("Buy milk");
        var nowhere = UUID.randomUUID().toString();
        ada.get(milk);
        anyone().get("/" + nowhere).then().statusCode(404);
        ada.request().get("/tasks/" + nowhere).then().statusCode(404);
        anyone().request("X" + nowhere.replace("-", "").toUpperCase(), "/tasks");

        var metrics = Metrics.now();

        assertTrue(metrics.value("http_server_requests_seconds_count", "uri=\"/tasks/{id}\"") > 0);
        assertFalse(metrics.text().contains(milk));
        assertFalse(metrics.text().contains(nowhere));
        assertFalse(metrics.text().contains(nowhere.replace("-", "").toUpperCase()), "an unknown method");
    }

    @Test
    void odd_requests_create_no_new_series() {
        var ada = registered();
        sendOddRequests(ada, 1);
        var before = Metrics.now();

        sendOddRequests(ada, 15);

        var after = Metrics.now();
        assertEquals(before.ofRequests(), after.ofRequests());
        assertEquals(Set.of(), without(TEMPLATES, after.labels("uri")));
    }

    /** Sends requests that are rejected in different places, each with its own ids and paths. */
    private static void sendOddRequests(TodoClient user, int rounds) {
        for (var round = 0; round < rounds; round++) {
            var id = UUID.randomUUID().toString();
            var token = "Authorization: Bearer " + user.token() + "\r\n";
            var json = "Content-Type: application/json\r\n";
            for (var head : List.of("", token)) {
                send("PUT /tasks/" + id + "/restore", head);
                send("GET /tasks/" + id + "/restore", head);
                send("POST /tasks/" + id, head + json + "Content-Length: 0\r\n");
                send("OPTIONS /tasks/" + id, head);
                send("HEAD /tasks/" + id, head);
                send("TRACE /tasks/" + id, head);
                send("BREW /tasks/" + id, head);
                send("GET /tasks/" + id + "?x=" + id, head + "Accept: text/plain\r\n");
                send("PATCH /tasks/" + id, head + "Content-Type: text/x-" + id + "\r\nContent-Length: 0\r\n");
                send("PATCH /tasks/" + id, head + "Content-Type: " + id + "\r\nContent-Length: 0\r\n");
                send("DELETE /auth/sessions/" + id, head);
                send("POST /auth/tokens/" + id, head);
                send("GET /admin/users/" + id, head);
                send("PUT /admin/users/" + id, head);
                send("GET /tasks/%30" + id, head);
                send("GET /tasks%2F" + id, head);
                send("GET /%74asks/" + id + ";x=" + id, head);
                send("GET //tasks//" + id, head);
                send("GET /tasks/" + id + "/../" + id, head);
                send("GET /" + id + "/%zz", head);
                send("POST /docs/" + id, head);
                send("GET /docs/" + id, head);
                send("GET /docs;x=" + id + "/", head);
                send("POST /openapi/" + id, head);
                send("GET /assets/" + id, head);
                send("PUT /" + id, head);
                send(
                        "OPTIONS /" + id,
                        head + "Origin: http://" + id + ".example\r\n"
                                + "Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: x\r\n");
            }
            send("GET /tasks/" + id, "Authorization: Bearer " + id + "\r\n");
            send("PUT /tasks/" + id + "/restore", "Authorization: Bearer " + id + "\r\n");
        }
    }

    private static void send(String requestLine, String headers) {
        RawHttp.exchange(requestLine, headers);
    }

    private static Set<String> without(Set<String> known, Set<String> found) {
        var others = new TreeSet<>(found);
        others.removeAll(known);
        return others;
    }

    private static void logIn(String address, String email, int status) {
        from(address)
                .contentType("application/json")
                .body(Map.of("email", email, "password", "not the password"))
                .post("/auth/login")
                .then()
                .statusCode(status);
    }

    private static double growth(Metrics before, String name, String label) {
        return Metrics.now().value(name, label) - before.value(name, label);
    }
}

@QuarkusIntegrationTest
class MetricsIT extends MetricsTest {}
