package dev.todo.auth;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.AtOnce.statuses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Concurrent requests look up their callers together. */
@QuarkusTest
class CallersAtOnceTest {

    private static final int CALLS = 60;

    @Test
    void identifies_each_caller() {
        var users = Stream.generate(TodoClient::registered).limit(20).toList();

        var names = atOnce(CALLS, call -> users.get(call % users.size()).me().path("email"));

        assertEquals(
                IntStream.range(0, CALLS)
                        .mapToObj(call -> users.get(call % users.size()).email())
                        .toList(),
                names);
    }

    @Test
    void rejects_only_callers_with_an_ended_session_or_a_disabled_account() {
        var user = TodoClient.registered();
        var ended = TodoClient.registered();
        Tokens.of(ended).bearer().delete("/auth/sessions").then().statusCode(204);
        var disabled = TodoClient.registered();
        TestDatabase.disable(disabled);
        var callers = new TodoClient[] {user, ended, disabled};

        var answers = atOnce(CALLS, call -> callers[call % callers.length].list());

        assertEquals(Map.of(200, 20L, 401, 40L), statuses(answers));
        assertEquals(
                Map.of(200, 20L),
                statuses(IntStream.range(0, CALLS)
                        .filter(call -> call % callers.length == 0)
                        .mapToObj(answers::get)
                        .toList()));
    }
}

@QuarkusIntegrationTest
class CallersAtOnceIT extends CallersAtOnceTest {}
