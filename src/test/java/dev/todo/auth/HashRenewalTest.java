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
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rehashing at log-in. BCRYPT_COST is 10 in the tests. */
@QuarkusTest
class HashRenewalTest {

    private static final String PASSWORD = "correct horse battery";

    private final String email = freshEmail();

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void rehashes_a_password_of_lower_cost_at_log_in(String version) {
        var old = BcryptUtil.bcryptHash(PASSWORD, 4).replace("$2a$", version);
        TestDatabase.insertUser(email, old);

        logIn(email, PASSWORD).then().statusCode(200);

        assertTrue(hash().matches("\\$2[abxy]\\$10\\$.{53}"), hash());
        logIn(email, PASSWORD).then().statusCode(200);
        logIn(email, "wrong password").then().statusCode(401);
    }

    @Test
    void does_not_rehash_on_a_wrong_password() {
        var old = BcryptUtil.bcryptHash(PASSWORD, 4);
        TestDatabase.insertUser(email, old);

        logIn(email, "wrong password").then().statusCode(401);

        assertEquals(old, hash());
    }

    @ParameterizedTest
    @CsvSource({"10, $2b$", "10, $2y$", "11, $2b$", "11, $2y$"})
    void keeps_a_hash_of_the_same_or_a_higher_cost(int cost, String version) {
        var hash = BcryptUtil.bcryptHash(PASSWORD, cost).replace("$2a$", version);
        TestDatabase.insertUser(email, hash);

        logIn(email, PASSWORD).then().statusCode(200);

        assertEquals(hash, hash());
    }

    /** Earlier releases wrote $2a$ and hashed folded text. The original text is known only at log-in. */
    @ParameterizedTest
    @ValueSource(ints = {10, 11})
    void rehashes_a_possibly_folded_password_from_its_bytes_without_lowering_the_cost(int cost) {
        TestDatabase.insertUser(email, BcryptUtil.bcryptHash(PASSWORD, cost));

        logIn(email, PASSWORD).then().statusCode(200);

        assertTrue(hash().startsWith("$2b$" + cost + "$"), hash());
        logIn(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void concurrent_log_ins_succeed_while_one_of_them_rehashes_the_password() {
        TestDatabase.insertUser(email, BcryptUtil.bcryptHash(PASSWORD, 4));

        var answers = atOnce(8, number -> logIn(email, PASSWORD));

        answers.forEach(answer -> answer.then().statusCode(200));
    }

    @Test
    void rehashes_only_once() {
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
    void rejects_every_password_if_the_stored_hash_is_invalid(String hash) {
        TestDatabase.insertUser(email, hash);

        logIn(email, PASSWORD).then().statusCode(401).body("code", equalTo("invalid_credentials"));
        logIn(email, hash).then().statusCode(401).body("code", equalTo("invalid_credentials"));
    }

    @Test
    void salts_each_hash() {
        var other = freshEmail();
        signUp(email, PASSWORD).then().statusCode(201);
        signUp(other, PASSWORD).then().statusCode(201);

        assertNotEquals(hash(), TestDatabase.text("select hashed_password from users where email = ?", other));
    }

    private String hash() {
        return TestDatabase.text("select hashed_password from users where email = ?", email);
    }
}

@QuarkusIntegrationTest
class HashRenewalIT extends HashRenewalTest {}
