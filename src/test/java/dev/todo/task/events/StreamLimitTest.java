package dev.todo.task.events;

import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StreamLimitTest {

    @Test
    void refuses_the_twenty_first_event_stream_of_a_user_until_another_ends() throws Exception {
        var alice = registered();
        var streams = streams(alice, 20);
        try {
            alice.request()
                    .accept("text/event-stream")
                    .get("/tasks/events")
                    .then()
                    .statusCode(429)
                    .contentType("application/problem+json")
                    .header("Retry-After", "1")
                    .body("code", equalTo("too_many_requests"));
            try (var other = EventReader.of(registered())) {
                assertEquals(200, other.response().statusCode());
            }

            streams.remove(0).close();
            assertEquals(200, statusOfOneMore(alice));
        } finally {
            close(streams);
        }
    }

    @Test
    void open_streams_do_not_count_against_other_calls() {
        var alice = registered();
        var streams = streams(alice, 20);
        try {
            alice.add("Milk");
            alice.list().then().statusCode(200);
        } finally {
            close(streams);
        }
    }

    private static List<EventReader> streams(TodoClient user, int count) {
        var streams = new ArrayList<EventReader>();
        for (var i = 0; i < count; i++) {
            streams.add(EventReader.of(user));
            assertEquals(200, streams.get(i).response().statusCode());
        }
        return streams;
    }

    /** Retries until the service has noticed that another stream ended. */
    private static int statusOfOneMore(TodoClient user) throws InterruptedException {
        for (var i = 0; i < 50; i++) {
            try (var stream = EventReader.of(user)) {
                if (stream.response().statusCode() != 429) {
                    return stream.response().statusCode();
                }
            }
            Thread.sleep(100);
        }
        return 429;
    }

    private static void close(List<EventReader> streams) {
        streams.forEach(EventReader::close);
    }
}

@QuarkusIntegrationTest
class StreamLimitIT extends StreamLimitTest {}
