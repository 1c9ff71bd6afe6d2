package dev.todo.auth.ratelimit;

import static dev.todo.TodoClient.freshAddress;
import static dev.todo.TodoClient.freshEmail;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.OwnPostgres;
import dev.todo.Replica;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TrustedProxiesIT {

    private static final String WARNING = "Ignored X-Forwarded-For from (127\\.0\\.0\\.1|0:0:0:0:0:0:0:1),";

    @Test
    void warns_once_about_an_untrusted_proxy_and_says_what_to_set() throws Exception {
        try (var postgres = new OwnPostgres();
                var replica = Replica.start(postgres.freshDatabase(), Map.of("TRUSTED_PROXIES", "192.0.2.1"))) {
            replica.anyone().get("/nowhere").then().statusCode(404);
            replica.anyone().get("/users/me").then().statusCode(401);

            assertEquals(1, warnings(replica));
            assertTrue(replica.log().contains("set TRUSTED_PROXIES="), replica::toString);
        }
    }

    @Test
    void treats_an_IPv4_mapped_address_as_IPv4() throws Exception {
        try (var postgres = new OwnPostgres();
                var replica =
                        Replica.start(postgres.freshDatabase(), Map.of("TRUSTED_PROXIES", "::ffff:127.0.0.1,::1"))) {
            var email = freshEmail();

            for (var i = 0; i < 6; i++) {
                replica.logIn(freshAddress(), email, "wrong password").then().statusCode(401);
            }

            assertEquals(0, warnings(replica));
        }
    }

    private static long warnings(Replica replica) throws IOException {
        return Pattern.compile(WARNING).matcher(replica.log()).results().count();
    }
}
