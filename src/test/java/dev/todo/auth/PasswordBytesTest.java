package dev.todo.auth;

import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.signUp;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two passwords are equal if their UTF-8 bytes are, and else never. */
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
    void what_looks_or_folds_alike_is_another_password(String password, String lookalike) {
        signUp(email, password).then().statusCode(201);

        logIn(email, lookalike).then().statusCode(401);
        logIn(email, password).then().statusCode(200);
    }

    /** Made by crypt(3), as passlib does. */
    @ParameterizedTest
    @CsvSource({
        "area 25 m² garden, $2b$04$abcdefghijklmnopqrstuutrHXdx0MLWUR79u7M9kHB0PAMIFackG, area 25 m2 garden",
        "zu\u0308richer straße, $2y$04$abcdefghijklmnopqrstuuwsk9He4qoPq6wDg30JApRygaV4Mu.QS, züricher straße",
        "no\u00a0break space, $2a$04$abcdefghijklmnopqrstuuZfOy63EVXmcxnonQEWCvdsm2v0kITAq, no break space"
    })
    void a_hash_that_another_bcrypt_made_of_the_same_bytes_matches(String password, String hash, String lookalike) {
        TestDatabase.insertUser(email, hash);

        logIn(email, lookalike).then().statusCode(401);
        logIn(email, password).then().statusCode(200);
        logIn(email, password).then().statusCode(200);
        logIn(email, lookalike).then().statusCode(401);
    }

    /** What Elytron made of them: crypt(3)'s hashes of their folded forms, the last of which is longer than 72 bytes and was cut. */
    @ParameterizedTest
    @CsvSource({
        "my² secret words, $2a$10$abcdefghijklmnopqrstuuE0UB8oTt6wF/BC5C8Kpi9salSzsJs76, my2 secret words",
        "zu\u0308rich by night, $2a$10$abcdefghijklmnopqrstuuB0mRrtbl2jA5ZDUARYFjaTSDozNsOv., zürich by night",
        "no\u00a0break space, $2a$10$abcdefghijklmnopqrstuuGtrgWP6I3wnRIYPLKg1BZC.KsWAEVbe, no break space",
        "\ufdfa\ufdfa\ufdfa tail, $2a$10$abcdefghijklmnopqrstuuE0U/m.Ce7DkdGn1Cux/cppbEukPt/BK, \ufdfa\ufdfa\ufdfa another"
    })
    void a_hash_of_folded_text_opens_to_its_owner_and_from_then_on_to_the_same_bytes_only(
            String password, String hash, String lookalike) {
        TestDatabase.insertUser(email, hash);

        logIn(email, password).then().statusCode(200);

        assertTrue(hash().startsWith("$2b$10$"), hash());
        logIn(email, password).then().statusCode(200);
        logIn(email, lookalike).then().statusCode(401);
    }

    @Test
    void text_is_not_folded_for_a_hash_of_bytes() {
        // crypt(3)'s of "my2 secret words", which earlier releases would have made of "my² secret words"
        TestDatabase.insertUser(email, "$2b$04$abcdefghijklmnopqrstuueQCdyeKQZAgRDDK8aegrf58keFrY31e");

        logIn(email, "my² secret words").then().statusCode(401);
        logIn(email, "my2 secret words").then().statusCode(200);
    }

    @Test
    void no_password_over_72_bytes_opens_a_hash_of_its_first_72() {
        TestDatabase.insertUser(email, "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i");

        logIn(email, "x".repeat(73)).then().statusCode(401);
        logIn(email, "x".repeat(72)).then().statusCode(200);
    }

    private String hash() {
        return TestDatabase.text("select hashed_password from users where email = ?", email);
    }
}
