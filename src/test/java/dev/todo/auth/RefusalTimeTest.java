package dev.todo.auth;

import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.logIn;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import io.quarkus.elytron.security.common.BcryptUtil;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** BCRYPT_COST is 10 in the tests; a cost of 12 takes four times as long. bench/login-timing measures more precisely. */
@QuarkusTest
class RefusalTimeTest {

    private static final String PASSWORD = "correct horse battery";
    private static final int ROUNDS = 5;

    @Test
    void response_time_reveals_neither_the_cost_nor_the_existence_of_a_hash() {
        assertEquallySlow("wrong password");
    }

    @Test
    void response_time_reveals_nothing_for_a_password_that_earlier_releases_folded() {
        assertEquallySlow("wrong² password");
    }

    @AfterEach
    void removeCostlyHashes() {
        TestDatabase.removeCostlyHashes();
    }

    private static void assertEquallySlow(String wrong) {
        var emails = Map.of(
                "unknown", freshEmail(),
                "cost 4", user(BcryptUtil.bcryptHash(PASSWORD, 4).replace("$2a$", "$2b$")),
                "cost 10, maybe folded", user(BcryptUtil.bcryptHash(PASSWORD, 10)),
                "cost 12", user(BcryptUtil.bcryptHash(PASSWORD, 12).replace("$2a$", "$2b$")),
                "no hash", user("none"));
        var millis = new LinkedHashMap<String, long[]>();
        for (var round = 0; round < ROUNDS; round++) {
            for (var user : emails.entrySet()) {
                var begin = System.nanoTime();
                logIn(user.getValue(), wrong).then().statusCode(401);
                millis.computeIfAbsent(user.getKey(), key -> new long[ROUNDS])[round] =
                        (System.nanoTime() - begin) / 1_000_000;
            }
        }

        // Compare the fastest of each: other load only adds to the times
        var fastest = millis.values().stream()
                .mapToLong(times -> Arrays.stream(times).min().orElseThrow())
                .summaryStatistics();
        assertTrue(fastest.getMax() < 1.7 * fastest.getMin(), () -> described(millis));
    }

    private static String user(String hash) {
        var email = freshEmail();
        TestDatabase.insertUser(email, hash);
        return email;
    }

    private static String described(Map<String, long[]> millis) {
        var text = new StringBuilder();
        millis.forEach((who, times) ->
                text.append(who).append(": ").append(Arrays.toString(times)).append(" ms; "));
        return text.toString();
    }
}

@QuarkusIntegrationTest
class RefusalTimeIT extends RefusalTimeTest {}
