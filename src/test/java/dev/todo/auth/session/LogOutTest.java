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
import io.quarkus.test.junit.QuarkusTest;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LogOutTest {

    @Test
    void logging_out_by_the_access_token_ends_the_session_and_clears_the_cookie() {
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
    void logging_out_by_the_cookie_ends_the_session_and_clears_the_cookie() {
        var tokens = Tokens.of(registered());

        tokens.cookie().post("/auth/logout").then().statusCode(204).header("Set-Cookie", isCleared());

        assertEquals(401, tokens.status());
        assertEquals(401, tokens.refreshed().statusCode());
    }

    @Test
    void access_tokens_from_before_a_refresh_end_with_the_session_too() {
        var tokens = Tokens.of(registered());
        var next = Tokens.in(tokens.refreshed());

        next.bearer().post("/auth/logout").then().statusCode(204);

        assertEquals(401, tokens.status());
    }

    @Test
    void other_sessions_go_on() {
        var alice = registered();
        var other = Tokens.of(alice);

        Tokens.of(alice).bearer().post("/auth/logout").then().statusCode(204);

        assertEquals(200, other.status());
        assertEquals(200, other.refreshed().statusCode());
    }

    @Test
    void somebody_whose_access_token_is_over_still_logs_out_by_the_cookie() {
        var tokens = Tokens.of(registered());

        tokens.cookie()
                .header("Authorization", "Bearer stale")
                .post("/auth/logout")
                .then()
                .statusCode(204);

        assertEquals(401, tokens.status());
    }

    @Test
    void nobody_logs_out_without_a_token() {
        anyone().post("/auth/logout")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthorized"));
    }

    @Test
    void a_bad_access_token_is_called_so() {
        anyone().header("Authorization", "Bearer stale")
                .post("/auth/logout")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
    }

    @Test
    void nobody_logs_out_twice() {
        var tokens = Tokens.of(registered());
        tokens.bearer().post("/auth/logout").then().statusCode(204);

        tokens.bearer().post("/auth/logout").then().statusCode(401);
        tokens.cookie().post("/auth/logout").then().statusCode(401);
    }

    @Test
    void the_cookie_does_not_count_when_a_page_of_another_site_sends_it() {
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
    void somebody_disabled_is_not_logged_in_any_more() {
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
