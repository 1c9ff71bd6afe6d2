package dev.todo.observability;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static dev.todo.TodoClient.signUp;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads the audit log of the service, which runs in the same JVM. */
@QuarkusTest
class AuditLogTest {

    private static final Logger AUDIT = Logger.getLogger("audit");

    private final Lines lines = new Lines();

    @BeforeEach
    void listen() {
        AUDIT.addHandler(lines);
    }

    @AfterEach
    void stopListening() {
        AUDIT.removeHandler(lines);
    }

    @Test
    void logs_a_sign_up() {
        var answer = signUp(freshEmail(), PASSWORD);

        assertLogged(answer, "event=signed_up user=" + answer.path("id"));
    }

    @Test
    void logs_a_log_in() {
        var alice = registered();

        assertLogged(logIn(alice.email(), PASSWORD), "event=login_succeeded user=" + alice.id());
    }

    @Test
    void logs_a_failed_log_in() {
        var alice = registered();

        assertLogged(logIn(alice.email(), "wrong password"), "event=login_failed user=" + alice.id());
        assertLogged(logIn(freshEmail(), "wrong password"), "event=login_failed user=null");
    }

    @Test
    void logs_a_reused_refresh_token() {
        var alice = registered();
        var tokens = Tokens.of(alice);
        tokens.refreshed();
        tokens.passSeconds(60);

        assertLogged(tokens.refreshed(), "event=refresh_token_reused user=" + alice.id());
    }

    @Test
    void logs_a_log_out() {
        var alice = registered();

        assertLogged(Tokens.of(alice).bearer().post("/auth/logout"), "event=logout user=" + alice.id());
        assertLogged(Tokens.of(alice).cookie().post("/auth/logout"), "event=logout user=" + alice.id());
    }

    @Test
    void logs_a_password_change() {
        var alice = registered();

        var answer = alice.request()
                .contentType("application/json")
                .body(Map.of("current_password", PASSWORD, "new_password", "staple after staple"))
                .put("/users/me/password");

        assertLogged(answer, "event=password_changed user=" + alice.id());
    }

    @Test
    void logs_an_account_deletion() {
        var alice = registered();

        var answer = alice.request()
                .contentType("application/json")
                .body(Map.of("password", PASSWORD))
                .delete("/users/me");

        assertLogged(answer, "event=account_deleted user=" + alice.id());
    }

    @Test
    void logs_what_administrators_do_with_their_id() {
        var ada = registered();
        TestDatabase.makeAdmin(ada);
        var alice = registered();

        assertLogged(
                change(ada, alice, Map.of("disabled", true)),
                "event=user_changed user=%s by=%s role=user disabled=true".formatted(alice.id(), ada.id()));
        assertLogged(
                change(ada, alice, Map.of("role", "admin")),
                "event=user_changed user=%s by=%s role=admin disabled=true".formatted(alice.id(), ada.id()));
        assertLogged(
                ada.request().delete("/admin/users/{id}", alice.id()),
                "event=user_deleted user=%s by=%s".formatted(alice.id(), ada.id()));
    }

    @Test
    void does_not_log_rejected_requests() {
        var alice = registered();
        lines.records.clear();

        change(alice, alice, Map.of("role", "admin")).then().statusCode(403);
        signUp(alice.email(), PASSWORD).then().statusCode(409);
        anyone().post("/auth/logout").then().statusCode(401);

        assertEquals(List.of(), lines.records);
    }

    @Test
    void keeps_client_input_and_secrets_out_of_the_log() {
        var alice = registered();
        lines.records.clear();

        var tokens = Tokens.of(alice);
        logIn(alice.email(), "pass\nevent=login_succeeded");
        logIn("mallory\r\nevent=signed_up user=1", "wrong password");
        tokens.refreshed();
        tokens.bearer()
                .header("X-Request-ID", "1 event=signed_up")
                .header("User-Agent", "event=logout")
                .post("/auth/logout");

        assertTrue(lines.records.size() >= 4);
        for (var line : lines.records) {
            assertTrue(line.message.matches("event=[a-z_]+ user=([0-9a-f-]{36}|null)"), line.message);
            assertTrue(line.requestId.matches("[A-Za-z0-9._:/+=@-]{1,128}"), line.requestId);
        }
    }

    private static Response change(TodoClient by, TodoClient user, Map<String, ?> changes) {
        return by.request().contentType("application/json").body(changes).patch("/admin/users/{id}", user.id());
    }

    /** Asserts that exactly one line has the id of the request, and that it contains this message. */
    private void assertLogged(Response answer, String message) {
        var id = answer.header("X-Request-ID");
        assertEquals(
                List.of(message),
                lines.records.stream()
                        .filter(line -> line.requestId.equals(id))
                        .map(Line::message)
                        .toList());
    }

    private record Line(String message, String requestId) {}

    private static final class Lines extends Handler {

        private final List<Line> records = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            var record = (ExtLogRecord) line;
            records.add(new Line(record.getFormattedMessage(), String.valueOf(record.getMdc("request_id"))));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
