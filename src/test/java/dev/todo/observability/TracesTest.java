package dev.todo.observability;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Exports to a real receiver, which accepts what a collector accepts. */
@QuarkusTest
@WithTestResource(TraceReceiver.class)
class TracesTest {

    @Test
    void exports_a_request_with_the_names_of_its_service_and_endpoint() {
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
    void exports_statements_as_children_without_their_values() {
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
    void does_not_name_a_span_after_an_unknown_path() {
        var trace = newTrace();

        anyone().header("traceparent", trace.header())
                .get("/nope/" + trace.id())
                .then()
                .statusCode(404);

        assertEquals("404", TraceReceiver.span(trace.id(), "GET").attribute("http.response.status_code"));
    }

    /** OpenTelemetry before 1.67.0 needed more than a second for it, on the event loop. */
    @Test
    void a_long_tracestate_does_not_slow_a_request_down() {
        var request = anyone().header("traceparent", newTrace().header())
                .header("tracestate", "a=b" + " ".repeat(15_000) + "c");

        var fastest = IntStream.range(0, 5)
                .mapToLong(i ->
                        request.get("/nope").then().statusCode(404).extract().time())
                .min()
                .getAsLong();

        assertTrue(fastest < 100, () -> fastest + " ms");
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

@QuarkusIntegrationTest
class TracesIT extends TracesTest {}
