package dev.todo.auth.session;

import static dev.todo.EmbeddedPostgresResource.ORIGIN;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TestDatabase;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LogOutTest {

    @Test
    void logging_out_with_the_access_token_ends_the_session_and_clears_the_cookie() {
        var tokens = Tokens.of(registered());

        tokens.bearer()
                .post("/auth/logout")
                .then()
                .statusCode(204)
                .header("Set-Cookie", isCleared())
                .body(emptyString());

        tokens.bearer()
                .get("/users/me")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
        assertEquals(401, tokens.refreshed().statusCode());
    }

    @Test
    void logging_out_with_the_cookie_ends_the_session_and_clears_the_cookie() {
        var tokens = Tokens.of(registered());

        tokens.cookie().post("/auth/logout").then().statusCode(204).header("Set-Cookie", isCleared());

        assertEquals(401, tokens.status());
        assertEquals(401, tokens.refreshed().statusCode());
    }

    @Test
    void logging_out_with_a_spent_refresh_token_ends_the_session() {
        var tokens = Tokens.of(registered());
        var next = Tokens.in(tokens.refreshed());
        tokens.passSeconds(11);

        tokens.cookie().post("/auth/logout").then().statusCode(204);

        assertEquals(401, next.status());
        assertEquals(401, next.refreshed().statusCode());
    }

    @Test
    void logging_out_invalidates_access_tokens_from_before_a_refresh() {
        var tokens = Tokens.of(registered());
        var next = Tokens.in(tokens.refreshed());

        next.bearer().post("/auth/logout").then().statusCode(204);

        assertEquals(401, tokens.status());
    }

    @Test
    void keeps_other_sessions() {
        var alice = registered();
        var other = Tokens.of(alice);

        Tokens.of(alice).bearer().post("/auth/logout").then().statusCode(204);

        assertEquals(200, other.status());
        assertEquals(200, other.refreshed().statusCode());
    }

    @Test
    void logs_out_with_the_cookie_even_if_the_access_token_is_invalid() {
        var tokens = Tokens.of(registered());

        tokens.cookie()
                .header("Authorization", "Bearer stale")
                .post("/auth/logout")
                .then()
                .statusCode(204);

        assertEquals(401, tokens.status());
    }

    @Test
    void requires_a_token() {
        anyone().post("/auth/logout")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthorized"));
    }

    @Test
    void reports_an_invalid_access_token() {
        anyone().header("Authorization", "Bearer stale")
                .post("/auth/logout")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
    }

    @Test
    void rejects_logging_out_twice() {
        var tokens = Tokens.of(registered());
        tokens.bearer().post("/auth/logout").then().statusCode(204);

        tokens.bearer().post("/auth/logout").then().statusCode(401);
        tokens.cookie().post("/auth/logout").then().statusCode(401);
    }

    @Test
    void rejects_the_cookie_from_pages_of_other_sites() {
        var tokens = Tokens.of(registered());

        tokens.cookie()
                .header("Origin", "https://evil.example.com")
                .post("/auth/logout")
                .then()
                .statusCode(403);
        assertEquals(200, tokens.status());

        tokens.cookie().header("Origin", ORIGIN).post("/auth/logout").then().statusCode(204);
        assertEquals(401, tokens.status());
    }

    @Test
    void rejects_a_disabled_user() {
        var alice = registered();
        var tokens = Tokens.of(alice);

        TestDatabase.disable(alice);

        tokens.bearer().post("/auth/logout").then().statusCode(401);
    }

    private static Matcher<String> isCleared() {
        return allOf(
                startsWith("refresh_token="),
                containsString(";Path=/auth;"),
                containsString(";Max-Age=0;"),
                containsString("Secure"),
                containsString("HttpOnly"),
                containsString("SameSite=Strict"));
    }
}

@QuarkusIntegrationTest
class LogOutIT extends LogOutTest {}
