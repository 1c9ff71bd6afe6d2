package dev.todo.auth.ratelimit;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.freshAddress;
import static dev.todo.TodoClient.freshEmail;
import static dev.todo.TodoClient.from;
import static dev.todo.TodoClient.registered;
import static dev.todo.auth.ratelimit.AttemptCount.remaining;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.RawHttp;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls from 127.0.0.1 or ::1, both in TRUSTED_PROXIES. The remaining attempts show which address a call counts for. */
@QuarkusTest
class ClientAddressTest {

    private final String email = freshEmail();
    private final String client = "198.51.100." + ThreadLocalRandom.current().nextInt(1, 255);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s",
                "  %s  ",
                "203.0.113.9, %s",
                "203.0.113.9,198.51.100.0,%s",
                "%s, 127.0.0.1",
                "%s, ::1, 127.0.0.1",
                "%s:4711",
                "::ffff:%s",
                "[::ffff:%s]:4711",
                "made up, %s"
            })
    void uses_the_rightmost_untrusted_address_in_X_Forwarded_For(String header) {
        assertEquals(4, remaining(logIn("X-Forwarded-For", client)));

        assertEquals(3, remaining(logIn("X-Forwarded-For", header.formatted(client))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for=%s",
                "For=\"%s\"",
                "for=\"%s:4711\";proto=https;by=203.0.113.43",
                "proto=https; for=%s",
                "for=203.0.113.9, for=%s",
                "for=%s, for=127.0.0.1",
                "for=%s, for=\"[::1]:8080\"",
                "for=\"[::ffff:%s]\"",
                "for=\"forged, for=%s"
            })
    void uses_the_rightmost_untrusted_address_in_Forwarded(String header) {
        assertEquals(4, remaining(logIn("X-Forwarded-For", client)));

        assertEquals(3, remaining(logIn("Forwarded", header.formatted(client))));
    }

    @Test
    void treats_all_notations_of_an_IPv6_address_alike() {
        assertEquals(4, remaining(logIn("X-Forwarded-For", "2001:db8:5:" + part() + ":0:0:0:1")));
        assertEquals(3, remaining(logIn("Forwarded", "for=\"[2001:DB8:5:" + part() + "::1]:443\"")));
        assertEquals(2, remaining(logIn("X-Forwarded-For", "[2001:db8:5:" + part() + "::1]:443")));
    }

    /** A client with one address of a /64 can use them all. */
    @Test
    void counts_IPv6_addresses_by_their_64_bit_prefix() {
        for (var left = 4; left >= 0; left--) {
            assertEquals(left, remaining(logIn("X-Forwarded-For", "2001:db8:1:" + part() + "::" + left)));
        }

        logIn("X-Forwarded-For", "2001:db8:1:" + part() + ":ffff:1:2:3").then().statusCode(429);
        logIn("X-Forwarded-For", "2001:db8:2:" + part() + "::1").then().statusCode(401);
    }

    @Test
    void recognizes_a_user_at_every_address_of_their_64_bit_prefix() {
        var alice = registered();
        var home = "2001:db8:3:" + part();
        logInAs(alice, home + "::1", PASSWORD).then().statusCode(200);
        AttemptCount.set("login-account", 100, alice.email());

        logInAs(alice, home + ":a:b:c:d", PASSWORD).then().statusCode(200);
        logInAs(alice, "2001:db8:4:" + part() + "::1", PASSWORD).then().statusCode(429);
    }

    @Test
    void treats_later_header_lines_as_nearer_proxies() {
        assertEquals(4, remaining(logIn("X-Forwarded-For", client)));

        var answer = given().header("X-Forwarded-For", "203.0.113.9", client)
                .contentType("application/json")
                .body(Map.of("email", email, "password", "wrong password"))
                .post("/auth/login");

        assertEquals(3, remaining(answer));
    }

    @Test
    void ignores_addresses_further_left() {
        for (var left = 4; left >= 0; left--) {
            assertEquals(left, remaining(logIn("X-Forwarded-For", freshAddress() + ", " + client)));
        }
        logIn("X-Forwarded-For", freshAddress() + ", " + client).then().statusCode(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "for=unknown", "for=_hidden", "localhost", "1.2.3", "1.2.3.4.5", ","})
    void falls_back_to_the_address_of_the_proxy(String header) {
        var peer = given().contentType("application/json")
                .body(Map.of("email", email, "password", "wrong password"))
                .post("/auth/login");
        assertEquals(4, remaining(peer));

        assertEquals(3, remaining(logIn("X-Forwarded-For", header)));
        assertEquals(2, remaining(logIn("Forwarded", header)));
    }

    /** Few proxies write both headers; the other one comes from the client. */
    @Test
    void a_client_cannot_choose_its_address_with_the_header_that_its_proxy_does_not_write() {
        for (var i = 0; i < 5; i++) {
            both("for=203.0.113." + i, client).then().statusCode(401);
        }
        both("for=203.0.113.99", client).then().statusCode(429);
    }

    @Test
    void uses_both_headers_if_they_agree() {
        assertEquals(4, remaining(logIn("X-Forwarded-For", client)));

        assertEquals(3, remaining(both("for=" + client, client)));
    }

    @Test
    void ignores_the_headers_of_untrusted_peers() throws IOException {
        for (var i = 0; i < 5; i++) {
            assertEquals(401, logInFromUntrusted("X-Forwarded-For: " + freshAddress() + "\r\n"));
        }

        assertEquals(429, logInFromUntrusted("X-Forwarded-For: " + freshAddress() + "\r\n"));
        assertEquals(429, logInFromUntrusted("Forwarded: for=203.0.113.1\r\n"));
        assertEquals(429, logInFromUntrusted(""));
        assertEquals(4, remaining(logIn("X-Forwarded-For", client)));
        assertTrue(remaining(logIn("X-Forwarded-For", "127.0.0.5")) == 0);
    }

    private int logInFromUntrusted(String headers) throws IOException {
        var body = "{\"email\": \"%s\", \"password\": \"wrong password\"}"
                .formatted(email)
                .getBytes(StandardCharsets.UTF_8);
        return RawHttp.exchange(
                        InetAddress.getByName("127.0.0.5"),
                        "POST /auth/login",
                        headers + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n",
                        body)
                .status();
    }

    private Response both(String forwarded, String forwardedFor) {
        return given().header("Forwarded", forwarded)
                .header("X-Forwarded-For", forwardedFor)
                .contentType("application/json")
                .body(Map.of("email", email, "password", "wrong password"))
                .post("/auth/login");
    }

    private Response logIn(String header, String value) {
        return given().header(header, value)
                .contentType("application/json")
                .body(Map.of("email", email, "password", "wrong password"))
                .post("/auth/login");
    }

    private static Response logInAs(TodoClient user, String address, String password) {
        return from(address)
                .contentType("application/json")
                .body(Map.of("email", user.email(), "password", password))
                .post("/auth/login");
    }

    private String part() {
        return Integer.toHexString(0x1000 + email.hashCode() & 0xFFFF);
    }
}

@QuarkusIntegrationTest
class ClientAddressIT extends ClientAddressTest {}
