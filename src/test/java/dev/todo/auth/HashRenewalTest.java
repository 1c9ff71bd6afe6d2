package dev.todo.auth;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.signUp;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BCRYPT_COST is 10 in the tests. */
@QuarkusTest
class HashRenewalTest {

    private static final String PASSWORD = "correct horse battery";

    private final String email = freshEmail();

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void a_hash_of_a_lower_cost_is_made_anew_when_its_user_logs_in(String version) {
        var old = BcryptUtil.bcryptHash(PASSWORD, 4).replace("$2a$", version);
        TestDatabase.insertUser(email, old);

        logIn(email, PASSWORD).then().statusCode(200);

        assertTrue(hash().matches("\\$2[abxy]\\$10\\$.{53}"), hash());
        logIn(email, PASSWORD).then().statusCode(200);
        logIn(email, "wrong password").then().statusCode(401);
    }

    @Test
    void a_wrong_password_leaves_it() {
        var old = BcryptUtil.bcryptHash(PASSWORD, 4);
        TestDatabase.insertUser(email, old);

        logIn(email, "wrong password").then().statusCode(401);

        assertEquals(old, hash());
    }

    @ParameterizedTest
    @CsvSource({"10, $2b$", "10, $2y$", "11, $2b$", "11, $2y$"})
    void a_hash_of_the_same_or_a_higher_cost_stays_as_it_is(int cost, String version) {
        var hash = BcryptUtil.bcryptHash(PASSWORD, cost).replace("$2a$", version);
        TestDatabase.insertUser(email, hash);

        logIn(email, PASSWORD).then().statusCode(200);

        assertEquals(hash, hash());
    }

    /** Earlier releases wrote $2a$, and hashed folded text: what was typed is known only now. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void a_hash_that_may_be_of_folded_text_is_made_anew_of_the_bytes_at_no_lower_cost(int cost) {
        TestDatabase.insertUser(email, BcryptUtil.bcryptHash(PASSWORD, cost));

        logIn(email, PASSWORD).then().statusCode(200);

        assertTrue(hash().startsWith("$2b$" + cost + "$"), hash());
        logIn(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void of_several_log_ins_at_once_all_succeed_though_one_renews_the_hash_first() {
        TestDatabase.insertUser(email, BcryptUtil.bcryptHash(PASSWORD, 4));

        var answers = atOnce(8, number -> logIn(email, PASSWORD));

        answers.forEach(answer -> answer.then().statusCode(200));
    }

    @Test
    void the_first_renewed_hash_is_not_made_anew_again() {
        TestDatabase.insertUser(email, BcryptUtil.bcryptHash(PASSWORD, 4));
        logIn(email, PASSWORD).then().statusCode(200);
        var renewed = hash();

        logIn(email, PASSWORD).then().statusCode(200);

        assertEquals(renewed, hash());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "none",
                "correct horse battery",
                "$2b$",
                "$2b$10$",
                "$2b$10$short",
                "$2b$99$Y1xQm4rTz8pLbN6sWvKd5e7ozgWyjekkijSZGB0hdVOLh/hjGrl9W",
                "$2b$12$Y1xQm4rTz8pLbN6sWvKd5e7ozgWyjekkijSZGB0hdVOLh/hjGrl9!",
                "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaGhhc2g"
            })
    void what_is_no_hash_opens_nothing(String hash) {
        TestDatabase.insertUser(email, hash);

        logIn(email, PASSWORD).then().statusCode(401).body("code", equalTo("invalid_credentials"));
        logIn(email, hash).then().statusCode(401).body("code", equalTo("invalid_credentials"));
    }

    @Test
    void hashes_have_salts_of_their_own() {
        var other = freshEmail();
        signUp(email, PASSWORD).then().statusCode(201);
        signUp(other, PASSWORD).then().statusCode(201);

        assertNotEquals(hash(), TestDatabase.text("select hashed_password from users where email = ?", other));
    }

    private String hash() {
        return TestDatabase.text("select hashed_password from users where email = ?", email);
    }
}
