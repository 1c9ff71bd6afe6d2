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
    void logging_in_gives_a_bearer_token_and_nothing_else() {
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
    void the_token_opens_what_is_the_users() {
        var alice = registered();

        var token = logIn(alice.email(), PASSWORD).<String>path("access_token");

        alice.with(token).me().then().statusCode(200).body("email", equalTo(alice.email()));
    }

    @Test
    void the_address_may_be_typed_in_other_letters_and_with_white_space_around_it() {
        var alice = registered();

        logIn(" " + alice.email().toUpperCase(Locale.ROOT) + "\n", PASSWORD)
                .then()
                .statusCode(200);
    }

    @Test
    void the_password_is_taken_exactly_as_it_is() {
        var alice = registered();

        logIn(alice.email(), PASSWORD.toUpperCase(Locale.ROOT)).then().statusCode(401);
        logIn(alice.email(), PASSWORD + " ").then().statusCode(401);
        logIn(alice.email(), " " + PASSWORD).then().statusCode(401);
    }

    @Test
    void an_unknown_address_a_wrong_password_and_a_disabled_user_are_answered_alike() {
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
    void what_could_never_be_a_users_is_wrong_and_not_invalid() {
        logIn("nobody", PASSWORD).then().statusCode(401).body("code", equalTo("invalid_credentials"));
        logIn("", "").then().statusCode(401).body("code", equalTo("invalid_credentials"));
    }

    @Test
    void a_password_of_73_bytes_is_wrong_even_where_its_first_72_are_right() {
        var email = freshEmail();
        var longest = "x".repeat(72);
        signUp(email, longest).then().statusCode(201);

        logIn(email, longest + "x").then().statusCode(401).body("code", equalTo("invalid_credentials"));
    }

    @Test
    void a_missing_member_is_told() {
        anyone().contentType("application/json")
                .body("{\"email\": \"ada@example.com\"}")
                .post("/auth/login")
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("password"));
    }

    @Test
    void a_password_that_the_earlier_service_hashed_still_works() {
        // Made by Python's crypt.crypt(password, "$2b$12$Y1xQm4rTz8pLbN6sWvKd5e"), which is what passlib calls too.
        var hash = "$2b$12$Y1xQm4rTz8pLbN6sWvKd5e7ozgWyjekkijSZGB0hdVOLh/hjGrl9W";
        var email = freshEmail();
        TestDatabase.insertUser(email, hash);

        logIn(email, "Schöne Grüße 2019").then().statusCode(200);
        logIn(email, "Schone Grusse 2019").then().statusCode(401);
        TestDatabase.removeCostlyHashes();
    }

    @Test
    void logging_in_is_a_form_too_for_oauth_clients() {
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
    void a_form_may_hold_any_character_of_a_password() {
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
    void a_page_of_another_origin_cannot_log_its_visitors_in(String origin) {
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
    void a_form_of_our_own_pages_and_of_CORS_ORIGINS_logs_in() {
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
    void a_form_with_a_wrong_password_is_refused_as_json_is() {
        var alice = registered();

        var form = anyone().formParam("username", alice.email())
                .formParam("password", "wrong password")
                .post("/auth/login");

        assertAlike(logIn(alice.email(), "wrong password"), form);
    }

    @Test
    void a_form_without_a_password_is_told() {
        anyone().formParam("username", "ada@example.com")
                .post("/auth/login")
                .then()
                .statusCode(422)
                .body("code", equalTo("validation_failed"))
                .body("errors.field", hasItem("password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%ff", "%C3", "%ED%A0%80", "%zz", "%"})
    void a_form_whose_password_cannot_be_read_is_refused(String password) {
        anyone().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .body("username=ada%40example.com&password=correct+horse" + password)
                .post("/auth/login")
                .then()
                .statusCode(400);
    }

    @Test
    void a_form_with_u_0000_in_it_is_refused() {
        anyone().contentType("application/x-www-form-urlencoded")
                .body("username=ada%00&password=correct%00horse")
                .post("/auth/login")
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("username", "password"));
    }

    @Test
    void a_form_may_be_as_large_as_json_may() {
        anyone().contentType("application/x-www-form-urlencoded")
                .body("username=" + "a".repeat(60_000) + "&password=wrong")
                .post("/auth/login")
                .then()
                .statusCode(401)
                .body("code", equalTo("invalid_credentials"));
    }

    @Test
    void a_token_that_does_not_hold_keeps_nobody_from_logging_in() {
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
