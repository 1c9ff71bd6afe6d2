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

import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MetricsTest {

    @Test
    void log_ins_are_counted_by_outcome() {
        var ada = registered();
        var before = Metrics.now();

        tokenOf(ada.email(), PASSWORD);
        TodoClient.logIn(ada.email(), "not her password").then().statusCode(401);
        TodoClient.logIn(freshEmail(), "nobody's password").then().statusCode(401);

        assertEquals(1, growth(before, "todo_logins_total", "outcome=\"success\""));
        assertEquals(2, growth(before, "todo_logins_total", "outcome=\"invalid_credentials\""));
    }

    @Test
    void attempts_past_a_limit_are_counted() {
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
    void hashing_is_timed() {
        registered();
        var before = Metrics.now();

        signedUp();

        assertEquals(2, growth(before, "todo_passwords_hashing_seconds_count", ""), "Signing up and logging in");
        assertTrue(growth(before, "todo_passwords_hashing_seconds_sum", "") > 0);
        assertEquals(0, Metrics.now().value("todo_passwords_waiting", ""));
    }

    @Test
    void requests_are_counted_by_template_so_that_neither_ids_nor_made_up_paths_make_series() {
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
        assertFalse(metrics.text().contains(nowhere.replace("-", "").toUpperCase()), "A method that a client made up");
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
