package dev.todo.observability;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Against a real receiver, which takes what a collector takes. */
@QuarkusTest
@WithTestResource(TraceReceiver.class)
class TracesTest {

    @Test
    void a_request_is_sent_with_the_name_of_the_service_and_of_the_endpoint() {
        var ada = registered();
        var milk = ada.add("Buy milk");
        var trace = newTrace();

        ada.request()
                .header("traceparent", trace.header())
                .get("/tasks/{id}", milk)
                .then()
                .statusCode(200);

        var span = TraceReceiver.span(trace.id(), "GET /tasks/{id}");
        assertEquals("todo-service", span.resource("service.name"));
        assertEquals("GET", span.attribute("http.request.method"));
        assertEquals("/tasks/{id}", span.attribute("http.route"));
        assertEquals("200", span.attribute("http.response.status_code"));
        assertEquals(trace.span(), span.parent(), "It continues its caller's trace");
    }

    @Test
    void its_statements_are_its_children_and_tell_no_values() {
        var ada = registered();
        var trace = newTrace();

        ada.request()
                .header("traceparent", trace.header())
                .contentType("application/json")
                .body("{\"title\":\"a very secret title\"}")
                .post("/tasks")
                .then()
                .statusCode(201);

        var request = TraceReceiver.span(trace.id(), "POST /tasks");
        var insert = TraceReceiver.span(trace.id(), "INSERT");
        assertEquals(request.id(), insert.parent());
        assertEquals("postgresql", insert.attribute("db.system.name"));
        assertTrue(insert.attribute("db.query.text").contains("$1"), () -> insert.attribute("db.query.text"));
        assertFalse(TraceReceiver.received().contains("a very secret title"));
    }

    @Test
    void an_unknown_path_does_not_make_a_name() {
        var trace = newTrace();

        anyone().header("traceparent", trace.header())
                .get("/nope/" + trace.id())
                .then()
                .statusCode(404);

        assertEquals("404", TraceReceiver.span(trace.id(), "GET").attribute("http.response.status_code"));
    }

    private record Trace(String id, String span) {
        String header() {
            return "00-" + id + "-" + span + "-01";
        }
    }

    private static Trace newTrace() {
        var id = UUID.randomUUID().toString().replace("-", "");
        return new Trace(id, id.substring(0, 16));
    }
}
