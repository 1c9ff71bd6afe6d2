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
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SignUpTest {

    @Test
    void creates_an_account() {
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
    void rejects_a_common_password() {
        signUp(freshEmail(), "Trustno1")
                .then()
                .statusCode(422)
                .body("errors.field", contains("password"))
                .body("errors.message", contains("must not be one of the most common passwords"));
    }

    @Test
    void stores_the_address_trimmed_and_in_lower_case() {
        var email = freshEmail();

        signUp(" \t\r\n" + email.toUpperCase(Locale.ROOT) + " ", PASSWORD)
                .then()
                .statusCode(201)
                .body("email", equalTo(email));
    }

    @Test
    void rejects_an_address_that_only_folds_to_ascii() {
        // The Kelvin sign, whose lower case is k
        signUp("\u212A" + freshEmail(), PASSWORD).then().statusCode(422).body("errors.field", hasItems("email"));
    }

    @Test
    void rejects_an_address_that_is_taken() {
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
    void rejects_a_taken_address_in_any_case() {
        var email = freshEmail();
        signUp(email, PASSWORD);

        signUp(email.toUpperCase(Locale.ROOT), PASSWORD).then().statusCode(409).body("code", equalTo("email_taken"));
    }

    @Test
    void only_one_of_several_concurrent_sign_ups_gets_an_address() {
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
    void accepts_passwords_of_eight_characters_to_72_bytes(String password) {
        var email = freshEmail();

        signUp(email, password).then().statusCode(201);

        logIn(email, password).then().statusCode(200);
    }

    @Test
    void rejects_a_password_of_73_bytes_instead_of_truncating_it() {
        signUp(freshEmail(), "x".repeat(73))
                .then()
                .statusCode(422)
                .body("code", equalTo("validation_failed"))
                .body("errors.field", hasItems("password"));
    }

    @Test
    void measures_the_maximum_password_length_in_utf_8_bytes() {
        signUp(freshEmail(), "ü".repeat(36)).then().statusCode(201);
        signUp(freshEmail(), "ü".repeat(37)).then().statusCode(422);
    }

    @Test
    void rejects_a_password_that_contains_the_local_part_in_any_case() {
        var email = freshEmail();
        var localPart = email.substring(0, email.indexOf('@'));

        signUp(email, "my" + localPart.toUpperCase(Locale.ROOT))
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("password"));
    }

    @Test
    void reports_all_errors_at_once() {
        anyone().contentType("application/json")
                .body("{\"email\": \"nobody\", \"password\": \"short\"}")
                .post("/auth/signup")
                .then()
                .statusCode(422)
                .body("errors.field", equalTo(java.util.List.of("email", "password")))
                .body("errors[0].message", equalTo("must be an e-mail address"));
    }

    @Test
    void rejects_signing_up_as_an_administrator() {
        anyone().contentType("application/json")
                .body(Map.of("email", freshEmail(), "password", PASSWORD, "role", "admin"))
                .post("/auth/signup")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("role"));
    }
}

@QuarkusIntegrationTest
class SignUpIT extends SignUpTest {}
