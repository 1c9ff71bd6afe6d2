package dev.todo.auth.accesstoken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.todo.OwnPostgres;
import dev.todo.Replica;
import dev.todo.Tokens;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A new secret rolls out replica by replica, and users stay logged in. */
class KeyRotationIT {

    private static final String OLDEST = "oldest-secret-0123456789-0123456789-01";
    private static final String OLD = "old-secret-0123456789-0123456789-0123456";
    private static final String NEW = "new-secret-0123456789-0123456789-0123456";

    @Test
    void accepts_tokens_of_previous_secrets_but_signs_only_with_the_current_one() throws Exception {
        try (var postgres = new OwnPostgres()) {
            var database = postgres.freshDatabase();
            try (var before = Replica.start(database, Map.of("JWT_SECRET", OLD));
                    var after = Replica.start(
                            database, Map.of("JWT_SECRET", NEW, "JWT_PREVIOUS_SECRETS", OLDEST + "," + OLD));
                    var later = Replica.start(database, Map.of("JWT_SECRET", NEW))) {
                var email = before.registered();
                var old = before.logIn(email);
                var next = after.logIn(email);

                assertNull(JWT.decode(old.access()).getKeyId());
                assertEquals(200, after.status(old));
                assertEquals(401, later.status(old));

                JWT.require(Algorithm.HMAC256(NEW)).build().verify(next.access());
                assertNotNull(JWT.decode(next.access()).getKeyId());
                assertEquals("HS256", JWT.decode(next.access()).getAlgorithm());
                assertEquals(200, after.status(next));
                assertEquals(200, later.status(next));
                assertEquals(401, before.status(next));

                assertEquals(401, later.refresh(old.refresh()).statusCode());
                var refreshed = Tokens.in(after.refresh(old.refresh()));
                assertEquals(old.session(), refreshed.session());
                assertEquals(200, later.status(refreshed));
                assertEquals(200, later.refresh(refreshed.refresh()).statusCode());
                assertEquals(401, before.refresh(next.refresh()).statusCode());
            }
            try (var another = Replica.start(database, Map.of("JWT_SECRET", OLD, "JWT_PREVIOUS_SECRETS", NEW));
                    var one = Replica.start(database, Map.of("JWT_SECRET", NEW, "JWT_PREVIOUS_SECRETS", OLD))) {
                var email = one.registered();

                var tokens = one.logIn(email);
                assertNotEquals(
                        JWT.decode(tokens.access()).getKeyId(),
                        JWT.decode(another.logIn(email).access()).getKeyId());

                var refreshed = Tokens.in(another.refresh(tokens.refresh()));
                assertEquals(200, one.status(refreshed));
                assertEquals(200, one.refresh(refreshed.refresh()).statusCode());
            }
        }
    }
}
