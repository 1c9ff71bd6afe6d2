package dev.todo.auth.apitoken;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.AtOnce.statuses;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class PersonalTokenApiTest {

    private static final String READ = "tasks:read";
    private static final String WRITE = "tasks:write";

    @Test
    void shows_a_new_token_only_once() {
        var alice = registered();

        var created = create(alice, Map.of("name", " Backup script ", "scopes", List.of(READ, WRITE, READ)));

        created.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("$", aMapWithSize(6))
                .body("id", matchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
                .body("name", equalTo("Backup script"))
                .body("scopes", contains(READ, WRITE))
                .body("expires_at", nullValue())
                .body("created_at", notNullValue())
                .body("token", matchesRegex("todo_pat_[0-9A-Za-z]{36}"));
        list(alice)
                .then()
                .statusCode(200)
                .body("$", hasSize(1))
                .body("[0]", aMapWithSize(6))
                .body("[0].id", equalTo(created.path("id")))
                .body("[0].scopes", contains(READ, WRITE))
                .body("[0].last_used_at", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s?", "Bearer %s=", "Bearer \t%s", "Bearer %s\u00A0", "Bearer %s,", "Bearer\t%s"})
    void rejects_a_token_with_extra_characters(String authorization) {
        var script = token(registered(), READ);

        anyone().header("Authorization", authorization.formatted(script))
                .get("/tasks")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bearer %s", "BEARER %s", "Bearer   %s"})
    void parses_the_scheme_according_to_RFC_6750(String authorization) {
        var script = token(registered(), READ);

        anyone().header("Authorization", authorization.formatted(script))
                .get("/tasks")
                .then()
                .statusCode(200);
    }

    @Test
    void allows_a_hundred_tokens_per_user_even_with_concurrent_requests() {
        var alice = registered();
        addTokens(alice, 95, "1 day");

        var answers = atOnce(10, number -> create(alice, Map.of("name", "script", "scopes", List.of(READ))));

        assertEquals(Map.of(201, 5L, 409, 5L), statuses(answers));
        answers.stream()
                .filter(answer -> answer.statusCode() == 409)
                .forEach(answer ->
                        answer.then().contentType("application/problem+json").body("code", equalTo("too_many_tokens")));
        list(alice).then().body("$", hasSize(100));
        TestDatabase.execute(
                "delete from personal_tokens where ctid = (select min(ctid) from personal_tokens"
                        + " where user_id = ?::uuid)",
                alice.id());
        create(alice, Map.of("name", "script", "scopes", List.of(READ))).then().statusCode(201);
    }

    @Test
    void lists_an_expired_token_until_a_new_one_replaces_it() {
        var alice = registered();
        addTokens(alice, 98, "1 day");
        addTokens(alice, 1, "-1 day");
        create(alice, Map.of("name", "hundredth", "scopes", List.of(READ)))
                .then()
                .statusCode(201);
        list(alice).then().body("$", hasSize(100));

        create(alice, Map.of("name", "next", "scopes", List.of(READ))).then().statusCode(201);

        list(alice).then().body("$", hasSize(100)).body("[0].name", equalTo("next"));
        create(alice, Map.of("name", "one more", "scopes", List.of(READ)))
                .then()
                .statusCode(409);
    }

    @Test
    void lists_a_hundred_tokens_if_a_user_has_more_from_before_the_limit() {
        var alice = registered();
        addTokens(alice, 250, "1 day");

        list(alice).then().statusCode(200).body("$", hasSize(100));

        create(alice, Map.of("name", "script", "scopes", List.of(READ))).then().statusCode(409);
    }

    private static void addTokens(TodoClient user, int count, String expiresIn) {
        TestDatabase.executeAny(
                "insert into personal_tokens (id, user_id, name, hash, scopes, expires_at)"
                        + " select gen_random_uuid(), ?::uuid, 'old', uuid_send(gen_random_uuid()), '{tasks:read}',"
                        + " now() + ?::interval from generate_series(1, ?)",
                user.id(),
                expiresIn,
                count);
    }

    @Test
    void a_read_token_can_only_read() {
        var alice = registered();
        var milk = alice.add("Buy milk");

        var script = alice.with(token(alice, READ));

        script.list().then().statusCode(200).body("title", contains("Buy milk"));
        script.get(milk).then().statusCode(200);
        assertInsufficientScope(script.create(Map.of("title", "Buy bread")));
        assertInsufficientScope(script.replace(milk, Map.of("title", "Buy bread")));
        assertInsufficientScope(script.change(milk, Map.of("title", "Buy bread")));
        assertInsufficientScope(script.complete(milk));
        assertInsufficientScope(script.delete(milk));
        alice.list().then().body("title", contains("Buy milk"));
    }

    @Test
    void a_write_token_can_only_write() {
        var alice = registered();

        var script = alice.with(token(alice, WRITE));

        var milk = script.add("Buy milk");
        script.change(milk, Map.of("title", "Buy bread")).then().statusCode(200);
        script.complete(milk).then().statusCode(200);
        assertInsufficientScope(script.get(milk));
        assertInsufficientScope(script.list());
        script.delete(milk).then().statusCode(204);
    }

    @Test
    void a_token_gives_access_only_to_its_users_tasks() {
        var alice = registered();
        var bobsTask = registered().add("Buy milk");

        var script = alice.with(token(alice, READ, WRITE));

        script.list().then().statusCode(200).body("$", empty());
        script.get(bobsTask).then().statusCode(404);
        script.delete(bobsTask).then().statusCode(404);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /users/me",
        "PUT, /users/me/password",
        "DELETE, /users/me",
        "GET, /auth/sessions",
        "DELETE, /auth/sessions",
        "GET, /auth/tokens",
        "POST, /auth/tokens",
        "DELETE, /auth/tokens/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11",
        "POST, /auth/logout",
        "GET, /admin/users",
        "DELETE, /admin/users/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11"
    })
    void a_token_gives_access_only_to_tasks(String method, String path) {
        var admin = registered();
        TestDatabase.makeAdmin(admin);

        var script = admin.with(token(admin, READ, WRITE));

        assertInsufficientScope(
                script.request().contentType("application/json").body("{}").request(method, path));
    }

    @Test
    void records_when_a_token_was_last_used() {
        var alice = registered();

        alice.with(token(alice, READ)).list().then().statusCode(200);

        list(alice).then().body("[0].last_used_at", notNullValue());
    }

    @Test
    void lists_the_newest_token_first() {
        var alice = registered();
        create(alice, Map.of("name", "first", "scopes", List.of(READ)));
        create(alice, Map.of("name", "second", "scopes", List.of(READ)));

        list(alice).then().body("name", contains("second", "first"));
    }

    @Test
    void rejects_a_revoked_token() {
        var alice = registered();
        var created = create(alice, Map.of("name", "script", "scopes", List.of(READ)));

        revoke(alice, created.path("id")).then().statusCode(204);

        assertUnknown(alice.with(created.path("token")).list());
        list(alice).then().body("$", empty());
    }

    @Test
    void hides_other_users_tokens() {
        var alice = registered();
        var bob = registered();
        var created = create(alice, Map.of("name", "script", "scopes", List.of(READ)));

        list(bob).then().body("$", empty());
        revoke(bob, created.path("id")).then().statusCode(404);
        alice.with(created.path("token")).list().then().statusCode(200);
    }

    @Test
    void returns_404_when_revoking_an_unknown_token() {
        var alice = registered();

        revoke(alice, UUID.randomUUID().toString()).then().statusCode(404);
        revoke(alice, "first").then().statusCode(404);
    }

    @Test
    void accepts_a_token_until_it_expires() {
        var alice = registered();
        var inAnHour = Instant.now().plus(Duration.ofHours(1));
        var created =
                create(alice, Map.of("name", "script", "scopes", List.of(READ), "expires_at", inAnHour.toString()));
        alice.with(created.path("token")).list().then().statusCode(200);

        TestDatabase.expireTokens(alice);

        assertUnknown(alice.with(created.path("token")).list());
    }

    @Test
    void a_token_outlives_the_session_that_created_it() {
        var alice = registered();
        var token = token(alice, READ);

        alice.request().post("/auth/logout").then().statusCode(204);

        alice.with(token).list().then().statusCode(200);
    }

    @Test
    void rejects_the_token_of_a_disabled_user() {
        var alice = registered();
        var token = token(alice, READ);

        TestDatabase.disable(alice);

        assertUnknown(alice.with(token).list());
    }

    @ParameterizedTest
    @CsvSource({
        "todo_pat_",
        "todo_pat_000000000000000000000000000000000000",
        "todo_pat_2mWdKq0vRrT8YcXbN5hLZ1sJfE9gPa1Xk3Qz"
    })
    void rejects_an_invalid_token(String token) {
        assertUnknown(registered().with(token).list());
    }

    @Test
    void accepts_a_token_only_in_the_header() {
        var alice = registered();
        var token = token(alice, READ);

        anyone().queryParam("access_token", token).get("/tasks").then().statusCode(401);
        anyone().cookie("access_token", token).get("/tasks").then().statusCode(401);
    }

    @Test
    void rejects_invalid_fields() {
        var alice = registered();

        assertInvalid(alice, "name", null);
        assertInvalid(alice, "name", " ");
        assertInvalid(alice, "name", "x".repeat(101));
        assertInvalid(alice, "scopes", null);
        assertInvalid(alice, "scopes", List.of());
        assertInvalid(alice, "scopes[0]", "scopes", List.of("tasks:all"));
        assertInvalid(alice, "expires_at", "2020-01-01T00:00:00Z");
        assertInvalid(alice, "expires_at", "tomorrow");
        assertInvalid(alice, "user_id", alice.id());
    }

    @Test
    void rejects_fields_of_the_wrong_type() {
        var alice = registered();

        create(alice, Map.of("name", 1, "scopes", List.of(READ))).then().statusCode(400);
        create(alice, Map.of("name", "script", "scopes", READ)).then().statusCode(400);
        create(alice, Map.of("name", "script", "scopes", List.of(1))).then().statusCode(400);
    }

    private static String token(TodoClient user, String... scopes) {
        return create(user, Map.of("name", "script", "scopes", List.of(scopes)))
                .then()
                .statusCode(201)
                .extract()
                .path("token");
    }

    private static Response create(TodoClient user, Map<String, ?> body) {
        return user.request().contentType("application/json").body(body).post("/auth/tokens");
    }

    private static Response list(TodoClient user) {
        return user.request().get("/auth/tokens");
    }

    private static Response revoke(TodoClient user, String id) {
        return user.request().delete("/auth/tokens/{id}", id);
    }

    private static void assertInvalid(TodoClient user, String member, Object value) {
        assertInvalid(user, member, member, value);
    }

    private static void assertInvalid(TodoClient user, String field, String member, Object value) {
        var body = new HashMap<String, Object>(Map.of("name", "script", "scopes", List.of(READ)));
        body.put(member, value);
        create(user, body).then().statusCode(422).body("errors.field", hasItem(field));
    }

    private static void assertInsufficientScope(Response answer) {
        answer.then()
                .statusCode(403)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("error=\"insufficient_scope\""))
                .body("code", equalTo("insufficient_scope"));
    }

    private static void assertUnknown(Response answer) {
        answer.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                .body("code", equalTo("unauthorized"));
    }
}

@QuarkusIntegrationTest
class PersonalTokenApiIT extends PersonalTokenApiTest {}
