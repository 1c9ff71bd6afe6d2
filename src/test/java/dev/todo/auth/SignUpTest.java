package dev.todo.auth;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.signUp;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesRegex;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.AtOnce;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SignUpTest {

    @Test
    void signing_up_makes_an_account() {
        var email = freshEmail();

        signUp(email, PASSWORD)
                .then()
                .statusCode(201)
                .contentType("application/json")
                .header("Location", "/users/me")
                .body("$", aMapWithSize(4))
                .body("id", matchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
                .body("email", equalTo(email))
                .body("role", equalTo("user"))
                .body("created_at", matchesRegex("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z"));
    }

    @Test
    void one_of_the_most_common_passwords_is_refused() {
        signUp(freshEmail(), "Trustno1")
                .then()
                .statusCode(422)
                .body("errors.field", contains("password"))
                .body("errors.message", contains("must not be one of the most common passwords"));
    }

    @Test
    void an_address_is_kept_in_lower_case_and_without_white_space_around_it() {
        var email = freshEmail();

        signUp(" \t\r\n" + email.toUpperCase(Locale.ROOT) + " ", PASSWORD)
                .then()
                .statusCode(201)
                .body("email", equalTo(email));
    }

    @Test
    void an_address_that_only_folds_to_ascii_is_none() {
        // The Kelvin sign, which is a k in lower case
        signUp("\u212A" + freshEmail(), PASSWORD).then().statusCode(422).body("errors.field", hasItems("email"));
    }

    @Test
    void an_address_is_taken_once_somebody_signed_up_with_it() {
        var email = freshEmail();
        signUp(email, PASSWORD);

        signUp(email, "another password")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("email_taken"))
                .body("errors[0].field", equalTo("email"));
    }

    @Test
    void an_address_in_other_letters_is_taken_too() {
        var email = freshEmail();
        signUp(email, PASSWORD);

        signUp(email.toUpperCase(Locale.ROOT), PASSWORD).then().statusCode(409).body("code", equalTo("email_taken"));
    }

    @Test
    void of_those_who_sign_up_at_once_with_one_address_one_gets_it() {
        var email = freshEmail();

        var answers = atOnce(8, number -> signUp(email, PASSWORD));

        assertEquals(Map.of(201, 1L, 409, 7L), AtOnce.statuses(answers));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eight888",
                "pässwörd",
                "\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E\uD83D\uDC0E",
                "  spaces around  ",
                "123456789 123456789 123456789 123456789 123456789 123456789 123456789 12"
            })
    void a_password_of_eight_characters_to_72_bytes_is_accepted_and_works(String password) {
        var email = freshEmail();

        signUp(email, password).then().statusCode(201);

        logIn(email, password).then().statusCode(200);
    }

    @Test
    void a_password_of_73_bytes_is_refused_and_not_cut() {
        signUp(freshEmail(), "x".repeat(73))
                .then()
                .statusCode(422)
                .body("code", equalTo("validation_failed"))
                .body("errors.field", hasItems("password"));
    }

    @Test
    void a_password_is_counted_in_bytes_of_utf_8_against_the_upper_limit() {
        signUp(freshEmail(), "ü".repeat(36)).then().statusCode(201);
        signUp(freshEmail(), "ü".repeat(37)).then().statusCode(422);
    }

    @Test
    void a_password_with_the_local_part_of_the_address_in_it_is_refused_in_any_case() {
        var email = freshEmail();
        var localPart = email.substring(0, email.indexOf('@'));

        signUp(email, "my" + localPart.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("password"));
    }

    @Test
    void everything_that_is_wrong_is_told_at_once() {
        anyone().contentType("application/json")
                .body("{\"email\": \"nobody\", \"password\": \"short\"}")
                .post("/auth/signup")
                .then()
                .statusCode(422)
                .body("errors.field", equalTo(java.util.List.of("email", "password")))
                .body("errors[0].message", equalTo("must be an e-mail address"));
    }

    @Test
    void nobody_makes_themselves_an_admin() {
        anyone().contentType("application/json")
                .body(Map.of("email", freshEmail(), "password", PASSWORD, "role", "admin"))
                .post("/auth/signup")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("role"));
    }
}
