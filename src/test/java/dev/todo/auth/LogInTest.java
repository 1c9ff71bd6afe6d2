package dev.todo.auth;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static dev.todo.TodoClient.signUp;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.EmbeddedPostgresResource;
import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class LogInTest {

    @Test
    void returns_only_a_bearer_token() {
        var alice = registered();

        logIn(alice.email(), PASSWORD)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .body("$", aMapWithSize(2))
                .body("access_token", notNullValue())
                .body("token_type", equalTo("bearer"));
    }

    @Test
    void the_token_authenticates_the_user() {
        var alice = registered();

        var token = logIn(alice.email(), PASSWORD).<String>path("access_token");

        alice.with(token).me().then().statusCode(200).body("email", equalTo(alice.email()));
    }

    @Test
    void ignores_case_and_surrounding_white_space_in_the_address() {
        var alice = registered();

        logIn(" " + alice.email().toUpperCase(Locale.ROOT) + "\n", PASSWORD)
                .then()
                .statusCode(200);
    }

    @Test
    void compares_the_password_exactly() {
        var alice = registered();

        logIn(alice.email(), PASSWORD.toUpperCase(Locale.ROOT)).then().statusCode(401);
        logIn(alice.email(), PASSWORD + " ").then().statusCode(401);
        logIn(alice.email(), " " + PASSWORD).then().statusCode(401);
    }

    @Test
    void answers_alike_for_an_unknown_address_a_wrong_password_and_a_disabled_user() {
        var alice = registered();
        var bob = registered();
        TestDatabase.disable(bob);

        var wrongPassword = logIn(alice.email(), "wrong password");
        var unknownAddress = logIn(freshEmail(), PASSWORD);
        var disabledUser = logIn(bob.email(), PASSWORD);

        wrongPassword
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("invalid_credentials"));
        assertAlike(wrongPassword, unknownAddress);
        assertAlike(wrongPassword, disabledUser);
    }

    @Test
    void answers_401_for_credentials_that_no_user_can_have() {
        logIn("nobody", PASSWORD).then().statusCode(401).body("code", equalTo("invalid_credentials"));
        logIn("", "").then().statusCode(401).body("code", equalTo("invalid_credentials"));
    }

    @Test
    void rejects_a_password_of_73_bytes_even_if_the_first_72_are_right() {
        var email = freshEmail();
        var longest = "x".repeat(72);
        signUp(email, longest).then().statusCode(201);

        logIn(email, longest + "x").then().statusCode(401).body("code", equalTo("invalid_credentials"));
    }

    @Test
    void requires_a_password() {
        anyone().contentType("application/json")
                .body("{\"email\": \"ada@example.com\"}")
                .post("/auth/login")
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("password"));
    }

    @Test
    void accepts_a_password_hashed_by_the_previous_service() {
        // Made with Python's crypt.crypt(password, "$2b$12$Y1xQm4rTz8pLbN6sWvKd5e"), which passlib calls too.
        var hash = "$2b$12$Y1xQm4rTz8pLbN6sWvKd5e7ozgWyjekkijSZGB0hdVOLh/hjGrl9W";
        var email = freshEmail();
        TestDatabase.insertUser(email, hash);

        logIn(email, "Schöne Grüße 2019").then().statusCode(200);
        logIn(email, "Schone Grusse 2019").then().statusCode(401);
        TestDatabase.removeCostlyHashes();
    }

    @Test
    void accepts_a_form_from_oauth_clients() {
        var alice = registered();

        anyone().formParam("grant_type", "password")
                .formParam("username", alice.email())
                .formParam("password", PASSWORD)
                .formParam("scope", "")
                .post("/auth/login")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("$", aMapWithSize(2))
                .body("token_type", equalTo("bearer"));
    }

    @Test
    void a_password_in_a_form_may_contain_any_character() {
        var email = freshEmail();
        var password = "ü&=+% \uD83D\uDC0E 1234";
        signUp(email, password).then().statusCode(201);

        anyone().formParam("username", email)
                .formParam("password", password)
                .post("/auth/login")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example.com", "null", "http://localhost", "http://localhost.evil.com"})
    void rejects_a_form_from_another_origin(String origin) {
        var alice = registered();

        anyone().header("Origin", origin)
                .formParam("username", alice.email())
                .formParam("password", PASSWORD)
                .post("/auth/login")
                .then()
                .statusCode(403)
                .header("Set-Cookie", (String) null)
                .body("code", equalTo("foreign_origin"));
    }

    @Test
    void accepts_a_form_from_our_own_pages_and_from_CORS_ORIGINS() {
        var alice = registered();

        for (var origin : List.of("http://localhost:" + TodoClient.port(), EmbeddedPostgresResource.ORIGIN)) {
            anyone().header("Origin", origin)
                    .formParam("username", alice.email())
                    .formParam("password", PASSWORD)
                    .post("/auth/login")
                    .then()
                    .statusCode(200);
        }
    }

    @Test
    void answers_a_wrong_password_in_a_form_as_in_json() {
        var alice = registered();

        var form = anyone().formParam("username", alice.email())
                .formParam("password", "wrong password")
                .post("/auth/login");

        assertAlike(logIn(alice.email(), "wrong password"), form);
    }

    @Test
    void requires_a_password_in_a_form() {
        anyone().formParam("username", "ada@example.com")
                .post("/auth/login")
                .then()
                .statusCode(422)
                .body("code", equalTo("validation_failed"))
                .body("errors.field", hasItem("password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%C3", "%ED%A0%80", "%zz", "%"})
    void rejects_a_form_whose_password_cannot_be_decoded(String password) {
        anyone().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .body("username=ada%40example.com&password=correct+horse" + password)
                .post("/auth/login")
                .then()
                .statusCode(400);
    }

    @Test
    void rejects_u_0000_in_a_form() {
        anyone().contentType("application/x-www-form-urlencoded")
                .body("username=ada%00&password=correct%00horse")
                .post("/auth/login")
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("username", "password"));
    }

    @Test
    void accepts_a_form_as_large_as_json() {
        anyone().contentType("application/x-www-form-urlencoded")
                .body("username=" + "a".repeat(60_000) + "&password=wrong")
                .post("/auth/login")
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_credentials"));
    }

    @Test
    void an_invalid_access_token_does_not_prevent_logging_in() {
        var alice = registered();

        alice.with("stale")
                .request()
                .contentType("application/json")
                .body(java.util.Map.of("email", alice.email(), "password", PASSWORD))
                .post("/auth/login")
                .then()
                .statusCode(200);
    }

    private static void assertAlike(Response expected, Response actual) {
        assertEquals(expected.statusCode(), actual.statusCode());
        assertEquals(expected.asString(), actual.asString());
        assertEquals(expected.header("WWW-Authenticate"), actual.header("WWW-Authenticate"));
    }
}

@QuarkusIntegrationTest
class LogInIT extends LogInTest {}
