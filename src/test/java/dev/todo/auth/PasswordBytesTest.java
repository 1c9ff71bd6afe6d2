package dev.todo.auth;

import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.signUp;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two passwords are equal only if their UTF-8 bytes are. */
@QuarkusTest
class PasswordBytesTest {

    private final String email = freshEmail();

    @ParameterizedTest
    @CsvSource({
        "my² secret words, my2 secret words",
        "my2 secret words, my² secret words",
        "zürich by night, zu\u0308rich by night",
        "no\u00a0break space, no break space",
        "ｆｕｌｌ ｗｉｄｔｈ, full width",
        "\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa tail,"
                + "\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa\ufdfa another"
    })
    void distinguishes_passwords_that_look_or_fold_alike(String password, String lookalike) {
        signUp(email, password).then().statusCode(201);

        logIn(email, lookalike).then().statusCode(401);
        logIn(email, password).then().statusCode(200);
    }

    /** The hashes were made with crypt(3), as passlib does. */
    @ParameterizedTest
    @CsvSource({
        "area 25 m² garden, $2b$04$abcdefghijklmnopqrstuutrHXdx0MLWUR79u7M9kHB0PAMIFackG, area 25 m2 garden",
        "zu\u0308richer straße, $2y$04$abcdefghijklmnopqrstuuwsk9He4qoPq6wDg30JApRygaV4Mu.QS, züricher straße",
        "no\u00a0break space, $2a$04$abcdefghijklmnopqrstuuZfOy63EVXmcxnonQEWCvdsm2v0kITAq, no break space"
    })
    void accepts_hashes_of_other_bcrypt_implementations(String password, String hash, String lookalike) {
        TestDatabase.insertUser(email, hash);

        logIn(email, lookalike).then().statusCode(401);
        logIn(email, password).then().statusCode(200);
        logIn(email, password).then().statusCode(200);
        logIn(email, lookalike).then().statusCode(401);
    }

    /** Elytron's hashes: crypt(3) of the folded text. The last text is longer than 72 bytes and was truncated. */
    @ParameterizedTest
    @CsvSource({
        "my² secret words, $2a$10$abcdefghijklmnopqrstuuE0UB8oTt6wF/BC5C8Kpi9salSzsJs76, my2 secret words",
        "zu\u0308rich by night, $2a$10$abcdefghijklmnopqrstuuB0mRrtbl2jA5ZDUARYFjaTSDozNsOv., zürich by night",
        "no\u00a0break space, $2a$10$abcdefghijklmnopqrstuuGtrgWP6I3wnRIYPLKg1BZC.KsWAEVbe, no break space",
        "\ufdfa\ufdfa\ufdfa tail, $2a$10$abcdefghijklmnopqrstuuE0U/m.Ce7DkdGn1Cux/cppbEukPt/BK, \ufdfa\ufdfa\ufdfa another"
    })
    void accepts_a_hash_of_folded_text_once_and_then_only_the_same_bytes(
            String password, String hash, String lookalike) {
        TestDatabase.insertUser(email, hash);

        logIn(email, password).then().statusCode(200);

        assertTrue(hash().startsWith("$2b$10$"), hash());
        logIn(email, password).then().statusCode(200);
        logIn(email, lookalike).then().statusCode(401);
    }

    @Test
    void does_not_fold_text_for_a_hash_of_bytes() {
        // crypt(3) of "my2 secret words", to which earlier releases folded "my² secret words"
        TestDatabase.insertUser(email, "$2b$04$abcdefghijklmnopqrstuueQCdyeKQZAgRDDK8aegrf58keFrY31e");

        logIn(email, "my² secret words").then().statusCode(401);
        logIn(email, "my2 secret words").then().statusCode(200);
    }

    @Test
    void rejects_a_password_over_72_bytes_for_a_hash_of_its_first_72() {
        TestDatabase.insertUser(email, "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i");

        logIn(email, "x".repeat(73)).then().statusCode(401);
        logIn(email, "x".repeat(72)).then().statusCode(200);
    }

    private String hash() {
        return TestDatabase.text("select hashed_password from users where email = ?", email);
    }
}

@QuarkusIntegrationTest
class PasswordBytesIT extends PasswordBytesTest {}
