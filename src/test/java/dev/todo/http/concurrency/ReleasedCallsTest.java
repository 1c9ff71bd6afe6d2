package dev.todo.http.concurrency;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.registered;
import static dev.todo.http.concurrency.UserConcurrencyTest.hangUp;
import static dev.todo.http.concurrency.UserConcurrencyTest.until;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every call releases its place in the user's queue. */
@QuarkusTest
class ReleasedCallsTest {

    @Inject
    UserConcurrencyLimit limit;

    @AfterEach
    void await_the_end_of_all_calls() throws Exception {
        until(() -> limit.users() == 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /tasks?limit=200",
                "HEAD /tasks",
                "GET /tasks/nothing",
                "GET /tasks?limit=x",
                "PUT /tasks/stats",
                "GET /tasks/export",
                "HEAD /tasks/export",
                "GET /tasks/events",
                "DELETE /tasks?completed=true",
                "POST /tasks",
                "GET /users/me",
                "GET /admin/users",
                "POST /tasks/import"
            })
    void clients_that_disconnect_free_their_places(String call) throws Exception {
        var alice = registered();
        alice.add("Milk");
        for (var round = 0; round < 4; round++) {
            hangUp(alice, 60, call);
        }
    }

    @Test
    void a_client_that_disconnects_without_reading_its_export_frees_its_place() throws Exception {
        var alice = registered();
        var large = Map.of("title", "Large", "description", "\uD83D\uDE00".repeat(4_000));
        alice.importing("application/json", Collections.nCopies(200, large))
                .then()
                .statusCode(200);

        try (var client = new Socket()) {
            client.setReceiveBufferSize(4_096);
            client.connect(new InetSocketAddress("localhost", RestAssured.port));
            client.getOutputStream()
                    .write(("GET /tasks/export HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + alice.token()
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            client.getInputStream().read();
            // Until nothing more fits into the buffers of the connection
            Thread.sleep(1_000);
        }
    }

    @Test
    void rejected_calls_free_their_places() {
        var alice = registered();
        atOnce(25, i -> alice.get("nothing"));
        atOnce(25, i -> alice.create("{}"));
        atOnce(25, i -> alice.create("{"));
        atOnce(25, i -> alice.request().get("/admin/users"));
        atOnce(25, i -> alice.request().put("/tasks"));
        atOnce(25, i -> alice.request().accept("image/png").get("/tasks"));
    }

    @Test
    void completed_calls_free_their_places() {
        var alice = registered();
        var milk = alice.add("Milk");
        atOnce(120, i -> alice.list());
        atOnce(25, i -> alice.request().head("/tasks"));
        atOnce(25, i -> alice.export("csv"));
        alice.importing("application/json", "[{\"title\": \"Bread\"}]");
        alice.delete(milk);
    }
}
