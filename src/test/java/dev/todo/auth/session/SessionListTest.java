package dev.todo.auth.session;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionListTest {

    private static final String UUID_VERSION_7 = "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";

    @Test
    void lists_the_users_sessions_newest_first() {
        var alice = registered();
        var second = logIn(alice, "Firefox");
        var third = logIn(alice, "Chrome");

        second.bearer()
                .get("/auth/sessions")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("id", contains(third.session(), second.session(), sessionOf(alice)))
                .body("id", everyItem(matchesRegex(UUID_VERSION_7)))
                .body("current", contains(false, true, false))
                .body("[0].user_agent", equalTo("Chrome"))
                .body("[1].user_agent", equalTo("Firefox"))
                .body("$", everyItem(aMapWithSize(6)))
                .body("created_at", everyItem(matchesRegex(TIME)))
                .body("last_used_at", everyItem(matchesRegex(TIME)))
                .body("expires_at", everyItem(matchesRegex(TIME)));
    }

    @Test
    void a_log_in_ends_the_oldest_session_if_a_user_has_a_hundred() {
        var alice = registered();
        TestDatabase.execute(
                "update sessions set created_at = now() - interval '1 day' where user_id = ?::uuid", alice.id());
        addSessions(alice, 98);
        var second = Tokens.of(alice);
        assertEquals(200, second.status());
        alice.me().then().statusCode(200);

        var third = Tokens.of(alice);

        alice.me().then().statusCode(401);
        assertEquals(200, second.status());
        third.bearer().get("/auth/sessions").then().body("$", hasSize(100)).body("[0].current", equalTo(true));
    }

    @Test
    void concurrent_log_ins_leave_a_hundred_sessions() {
        var alice = registered();
        addSessions(alice, 97);

        var started = atOnce(8, number -> Tokens.of(alice));

        assertEquals("100", TestDatabase.text("select count(*) from sessions where user_id = ?::uuid", alice.id()));
        started.forEach(tokens -> assertEquals(200, tokens.status()));
    }

    @Test
    void the_next_log_in_ends_sessions_from_before_the_limit() {
        var alice = registered();
        addSessions(alice, 300);
        alice.request().get("/auth/sessions").then().body("$", hasSize(100));

        var tokens = Tokens.of(alice);

        tokens.bearer().get("/auth/sessions").then().body("$", hasSize(100)).body("[0].current", equalTo(true));
        assertEquals("100", TestDatabase.text("select count(*) from sessions where user_id = ?::uuid", alice.id()));
    }

    @Test
    void remembers_a_thousand_addresses_per_user() {
        var alice = registered();
        TestDatabase.executeAny(
                "insert into known_addresses (user_id, address, last_used_at)"
                        + " select ?::uuid, 'address ' || i, now() - i * interval '1 second' from generate_series(1, 1500) i",
                alice.id());

        Tokens.of(alice);

        assertEquals(
                "1000", TestDatabase.text("select count(*) from known_addresses where user_id = ?::uuid", alice.id()));
        assertEquals(
                "address 998",
                TestDatabase.text(
                        "select address from known_addresses where user_id = ?::uuid order by last_used_at limit 1",
                        alice.id()));
    }

    private static void addSessions(TodoClient user, int count) {
        TestDatabase.executeAny(
                "insert into sessions (id, user_id, created_at, expires_at) select gen_random_uuid(), ?::uuid,"
                        + " now() - i * interval '1 minute', now() + interval '1 day' from generate_series(1, ?) i",
                user.id(),
                count);
    }

    @Test
    void a_session_lasts_thirty_days_after_its_last_use() {
        var tokens = Tokens.of(registered());
        TestDatabase.execute(
                "update sessions set created_at = created_at - interval '1 day',"
                        + " last_used_at = last_used_at - interval '1 day',"
                        + " expires_at = expires_at - interval '1 day' where id = ?::uuid",
                tokens.session());

        tokens.refreshed().then().statusCode(200);

        var session = tokens.bearer().get("/auth/sessions").jsonPath();
        var created = Instant.parse(session.getString("find { it.current }.created_at"));
        var lastUsed = Instant.parse(session.getString("find { it.current }.last_used_at"));
        var expires = Instant.parse(session.getString("find { it.current }.expires_at"));
        assertTrue(Duration.between(created, lastUsed).compareTo(Duration.ofDays(1)) >= 0);
        assertEquals(Duration.ofDays(30), Duration.between(lastUsed, expires));
    }

    @Test
    void accepts_an_empty_user_agent_and_truncates_a_long_one() {
        var alice = registered();
        var nameless = logIn(alice, "");
        var verbose = logIn(alice, "M".repeat(300));

        verbose.bearer()
                .get("/auth/sessions")
                .then()
                .body("[0].user_agent", equalTo("M".repeat(255)))
                .body("[1].id", equalTo(nameless.session()));
    }

    @Test
    void does_not_list_other_users_sessions_or_ended_ones() {
        var alice = registered();
        registered();
        var ended = Tokens.of(alice);
        ended.bearer().post("/auth/logout").then().statusCode(204);
        var expired = Tokens.of(alice);
        TestDatabase.execute(
                "update sessions set expires_at = now() - interval '1 second' where id = ?::uuid", expired.session());

        alice.request().get("/auth/sessions").then().body("id", contains(sessionOf(alice)));
    }

    @Test
    void ending_a_session_invalidates_its_tokens_immediately() {
        var alice = registered();
        var lost = Tokens.of(alice);

        alice.request().delete("/auth/sessions/{id}", lost.session()).then().statusCode(204);

        assertEquals(401, lost.status());
        assertEquals(401, lost.refreshed().statusCode());
        alice.me().then().statusCode(200);
    }

    @Test
    void ends_the_current_session() {
        var tokens = Tokens.of(registered());

        tokens.bearer().delete("/auth/sessions/{id}", tokens.session()).then().statusCode(204);

        assertEquals(401, tokens.status());
    }

    @Test
    void hides_other_users_sessions() {
        var alice = registered();
        var bob = registered();
        var unknown = UUID.randomUUID().toString();

        var others = alice.request().delete("/auth/sessions/{id}", sessionOf(bob));

        others.then().statusCode(404).body("code", equalTo("not_found"));
        assertEquals(
                others.asString().replace(sessionOf(bob), unknown),
                alice.request().delete("/auth/sessions/{id}", unknown).asString());
        bob.me().then().statusCode(200);
    }

    @Test
    void returns_404_for_an_unknown_or_ended_session() {
        var alice = registered();
        var other = Tokens.of(alice);
        alice.request().delete("/auth/sessions/{id}", other.session());

        for (var id : List.of(other.session(), "1", "current", "x-y")) {
            alice.request().delete("/auth/sessions/{id}", id).then().statusCode(404);
        }
    }

    @Test
    void ends_all_sessions_except_the_current_one() {
        var alice = registered();
        var bob = registered();
        var others = List.of(Tokens.of(alice), Tokens.of(alice));

        alice.request().delete("/auth/sessions").then().statusCode(204);

        others.forEach(other -> assertEquals(401, other.status()));
        others.forEach(other -> assertEquals(401, other.refreshed().statusCode()));
        alice.request().get("/auth/sessions").then().statusCode(200).body("current", contains(true));
        bob.me().then().statusCode(200);
    }

    @Test
    void requires_authentication() {
        anyone().get("/auth/sessions").then().statusCode(401);
        anyone().delete("/auth/sessions").then().statusCode(401);
        anyone().delete("/auth/sessions/{id}", UUID.randomUUID()).then().statusCode(401);
    }

    @Test
    void does_not_accept_the_cookie_alone() {
        Tokens.of(registered()).cookie().get("/auth/sessions").then().statusCode(401);
    }

    private static Tokens logIn(TodoClient user, String userAgent) {
        return Tokens.in(anyone().header("User-Agent", userAgent)
                .contentType("application/json")
                .body(Map.of("email", user.email(), "password", PASSWORD))
                .post("/auth/login"));
    }

    private static String sessionOf(TodoClient user) {
        return new Tokens(user.token(), null).session();
    }
}

@QuarkusIntegrationTest
class SessionListIT extends SessionListTest {}
