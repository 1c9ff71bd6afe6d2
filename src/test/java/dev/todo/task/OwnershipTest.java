package dev.todo.task;

import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No call reveals whether another user's task exists. */
@QuarkusTest
class OwnershipTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("callsOnATask")
    void hides_other_users_tasks_behind_404(String what, BiFunction<TodoClient, String, Response> call) {
        var alice = registered();
        var bob = registered();
        var milk = alice.add("Buy milk");
        var nothing = UUID.randomUUID().toString();

        var onMilk = call.apply(bob, milk);
        var onNothing = call.apply(bob, nothing);

        onMilk.then().statusCode(404).contentType("application/problem+json");
        assertEquals(onNothing.statusCode(), onMilk.statusCode());
        assertEquals(
                onNothing.asString().replace(nothing, "{id}"), onMilk.asString().replace(milk, "{id}"));
        assertEquals(headers(onNothing), headers(onMilk));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callsOnATask")
    void other_users_cannot_change_a_task(String what, BiFunction<TodoClient, String, Response> call) {
        var alice = registered();
        var milk = alice.create("{\"title\": \"Buy milk\"}");

        call.apply(registered(), milk.path("id"));

        assertEquals(milk.asString(), alice.get(milk.path("id")).asString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("callsOnATask")
    void hides_other_users_deleted_tasks_too(String what, BiFunction<TodoClient, String, Response> call) {
        var alice = registered();
        var milk = alice.add("Buy milk");
        alice.delete(milk);

        call.apply(registered(), milk).then().statusCode(404);
    }

    static Stream<Arguments> callsOnATask() {
        return Stream.of(
                call("GET", TodoClient::get),
                call("PUT", (user, task) -> user.replace(task, "{\"title\": \"Mine\"}")),
                call("PATCH", (user, task) -> user.change(task, "{\"title\": \"Mine\"}")),
                call("empty PATCH", (user, task) -> user.change(task, "{}")),
                call("invalid PATCH", (user, task) -> user.change(task, "{\"priority\": \"urgent\"}")),
                call("complete", TodoClient::complete),
                call("complete with a body", (user, task) -> user.complete(task, "{\"completed\": true}")),
                call("DELETE", TodoClient::delete));
    }

    @Test
    void rejects_an_invalid_task_alike_whether_or_not_the_task_exists() {
        var bob = registered();
        var milk = registered().add("Buy milk");
        var nothing = UUID.randomUUID().toString();

        var onMilk = bob.replace(milk, "{}");
        var onNothing = bob.replace(nothing, "{}");

        assertEquals(onNothing.statusCode(), onMilk.statusCode());
        assertEquals(
                onNothing.asString().replace(nothing, "{id}"), onMilk.asString().replace(milk, "{id}"));
    }

    @Test
    void lists_only_the_callers_tasks() {
        var alice = registered();
        var bob = registered();
        alice.add("Alice's");

        alice.list().then().body("title", contains("Alice's"));
        bob.list().then().body("$", empty());
    }

    @Test
    void a_task_cannot_be_created_for_or_given_to_another_user() {
        var alice = registered();
        var bob = registered();
        var milk = alice.add("Milk");

        alice.create("{\"title\": \"Gift\", \"user_id\": \"" + bob.id() + "\"}")
                .then()
                .statusCode(422)
                .body("errors.field", contains("user_id"));
        alice.change(milk, "{\"user_id\": \"" + bob.id() + "\"}")
                .then()
                .statusCode(422)
                .body("errors.field", contains("user_id"));
        bob.list().then().body("$", empty());
    }

    private static Arguments call(String what, BiFunction<TodoClient, String, Response> call) {
        return arguments(what, call);
    }

    private static String headers(Response response) {
        var own = response.header("X-Request-ID");
        return response.headers().toString().replace(own, "{id}");
    }
}

@QuarkusIntegrationTest
class OwnershipIT extends OwnershipTest {}
