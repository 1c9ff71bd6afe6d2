package dev.todo.auth.session;

import static dev.todo.AtOnce.atOnce;
import static dev.todo.EmbeddedPostgresResource.ORIGIN;
import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.logIn;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.auth0.jwt.JWT;
import dev.todo.RawHttp;
import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import dev.todo.Tokens;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class RefreshTest {

    // Where they are in a token's bytes
    private static final int GENERATION = 16;
    private static final int SIGNATURE = 20;

    @Test
    void logging_in_sets_a_cookie_that_scripts_cannot_read_and_other_sites_do_not_send() {
        var alice = registered();

        logIn(alice.email(), PASSWORD).then().header("Set-Cookie", isRefreshCookie());
    }

    @Test
    void exchanges_the_cookie_for_new_tokens_of_the_same_session() {
        var tokens = Tokens.of(registered());

        var answer = tokens.cookie().post("/auth/refresh");

        answer.then()
                .statusCode(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .header("Set-Cookie", isRefreshCookie())
                .body("$", aMapWithSize(2))
                .body("token_type", equalTo("bearer"));
        var next = Tokens.in(answer);
        assertEquals(tokens.session(), next.session());
        assertNotEquals(tokens.refresh(), next.refresh());
        assertNotEquals(
                JWT.decode(tokens.access()).getId(), JWT.decode(next.access()).getId());
        assertEquals(200, next.status());
    }

    @Test
    void the_previous_access_token_keeps_working() {
        var tokens = Tokens.of(registered());

        tokens.refreshed().then().statusCode(200);

        assertEquals(200, tokens.status());
    }

    @Test
    void accepts_the_refresh_token_as_JSON_from_clients_without_cookies() {
        var tokens = Tokens.of(registered());

        var answer = tokens.refreshed();

        answer.then().statusCode(200).header("Cache-Control", "no-store").body("$", aMapWithSize(2));
        assertEquals(200, Tokens.in(answer).refreshed().statusCode());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"refresh_token\": null}"})
    void uses_the_cookie_if_the_body_has_no_token(String body) {
        var tokens = Tokens.of(registered());

        tokens.cookie()
                .contentType("application/json")
                .body(body)
                .post("/auth/refresh")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Length: 0\r\n",
                "Content-Type: application/json\r\nContent-Length: 0\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\n",
                "Content-Type: text/plain\r\nContent-Length: 0\r\n"
            })
    void ignores_the_content_type_of_an_empty_body(String headers) {
        var cookie =
                "Cookie: theme=dark; refresh_token=" + Tokens.of(registered()).refresh() + "\r\n";

        assertEquals(
                200, RawHttp.exchange("POST /auth/refresh", cookie + headers).status());
    }

    @Test
    void rejects_a_body_of_another_type() {
        Tokens.of(registered())
                .cookie()
                .contentType("text/plain")
                .body("x")
                .post("/auth/refresh")
                .then()
                .statusCode(415);
    }

    @Test
    void prefers_the_token_in_the_body_to_the_cookie() {
        var inBody = Tokens.of(registered());
        var inCookie = Tokens.of(registered());

        var answer = inCookie.cookie()
                .contentType("application/json")
                .body(Map.of("refresh_token", inBody.refresh()))
                .post("/auth/refresh");

        assertEquals(inBody.session(), Tokens.in(answer).session());
    }

    @Test
    void requires_a_token() {
        assertRefused(anyone().post("/auth/refresh"));
        assertRefused(anyone().contentType("application/json").body("{}").post("/auth/refresh"));
    }

    @Test
    void rejects_an_invalid_refresh_token() {
        var tokens = Tokens.of(registered());
        var unsigned = encoded(new byte[52]);
        var unknown = encoded(new byte[32]);

        for (var text : List.of("", "x", "ü", "a b", unsigned, unknown, tokens.access(), tokens.refresh() + "A")) {
            assertRefused(new Tokens(null, text).refreshed());
        }
        assertRefused(new Tokens(null, unsigned).cookie().post("/auth/refresh"));
    }

    @Test
    void rejects_forged_tokens_without_ending_the_session() {
        var first = Tokens.of(registered());
        var tokens = Tokens.in(first.refreshed());
        first.passSeconds(11);
        var other = UUID.fromString(Tokens.of(registered()).session());

        for (var forged : List.of(
                forged(tokens, token -> token.putInt(GENERATION, 0)),
                forged(tokens, token -> token.putInt(GENERATION, 2)),
                forged(tokens, token -> token.putInt(GENERATION, -1)),
                forged(
                        tokens,
                        token ->
                                token.putLong(other.getMostSignificantBits()).putLong(other.getLeastSignificantBits())),
                forged(tokens, token -> token.put(SIGNATURE, (byte) ~token.get(SIGNATURE))))) {
            assertRefused(new Tokens(null, forged).refreshed());
            assertRefused(new Tokens(null, forged).cookie().post("/auth/logout"));
        }

        assertEquals(200, tokens.refreshed().statusCode());
    }

    @Test
    void rejects_an_access_token() {
        assertRefused(Tokens.of(registered()).bearer().post("/auth/refresh"));
    }

    @Test
    void rejects_a_malformed_body() {
        refresh("{\"refresh_token\": 1}").then().statusCode(400);
        refresh("[]").then().statusCode(400);
        refresh("{\"token\": \"x\"}").then().statusCode(422).body("errors.field", hasItem("token"));
        refresh("{\"refresh_token\": \"\\u0000\"}").then().statusCode(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://evil.example.com", "https://app.example.com.evil.com", "http://app.example.com", "null"
            })
    void rejects_the_cookie_from_pages_of_other_sites(String origin) {
        var tokens = Tokens.of(registered());

        tokens.cookie()
                .header("Origin", origin)
                .post("/auth/refresh")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .header("Set-Cookie", (String) null);

        // The token is not spent either: it still works a minute later
        tokens.passSeconds(60);
        assertEquals(200, tokens.refreshed().statusCode());
    }

    @Test
    void accepts_the_cookie_from_our_own_pages_and_from_CORS_ORIGINS() {
        var tokens = Tokens.of(registered());

        for (var origin : List.of("http://localhost:" + TodoClient.port(), ORIGIN)) {
            var answer = tokens.cookie().header("Origin", origin).post("/auth/refresh");

            answer.then().statusCode(200);
            tokens = Tokens.in(answer);
        }
    }

    static Stream<Arguments> originsBehindProxies() {
        return Stream.of(
                arguments("http://app.test", "X-Forwarded-Host", "app.test", 200),
                arguments("https://app.test", "X-Forwarded-Host", "app.test:443", 200),
                arguments("https://App.Test:8443", "X-Forwarded-Host", "app.test:8443", 200),
                arguments("https://app.test", "X-Forwarded-Host", "evil.test", 403),
                arguments("https://app.test", "Sec-Fetch-Site", "same-origin", 200),
                arguments("https://app.test", "Sec-Fetch-Site", "same-site", 403),
                arguments("https://app.test", "Sec-Fetch-Site", "cross-site", 403),
                arguments("null", "Sec-Fetch-Site", "same-origin", 403));
    }

    @ParameterizedTest
    @MethodSource("originsBehindProxies")
    void recognizes_our_own_origin_by_the_headers_of_the_proxy_or_browser(
            String origin, String header, String value, int status) {
        Tokens.of(registered())
                .cookie()
                .header("Origin", origin)
                .header(header, value)
                .post("/auth/refresh")
                .then()
                .statusCode(status);
    }

    @Test
    void accepts_a_token_in_the_body_from_any_origin() {
        var tokens = Tokens.of(registered());

        anyone().header("Origin", "https://evil.example.com")
                .contentType("application/json")
                .body(Map.of("refresh_token", tokens.refresh()))
                .post("/auth/refresh")
                .then()
                .statusCode(200);
    }

    @Test
    void answers_401_to_a_page_of_another_site_without_a_cookie() {
        assertRefused(anyone().header("Origin", "https://evil.example.com").post("/auth/refresh"));
    }

    @Test
    void accepts_a_spent_token_again_within_10_seconds() {
        var tokens = Tokens.of(registered());
        var lost = Tokens.in(tokens.refreshed());
        tokens.passSeconds(8);

        var again = tokens.refreshed();

        again.then().statusCode(200);
        assertEquals(tokens.session(), Tokens.in(again).session());
        assertEquals(200, lost.status());
        assertEquals(200, Tokens.in(again).refreshed().statusCode());
    }

    @Test
    void accepts_a_spent_token_again_even_if_its_successor_is_spent() {
        var tokens = Tokens.of(registered());
        var second = Tokens.in(tokens.refreshed());
        var third = Tokens.in(second.refreshed());

        var again = tokens.refreshed();

        again.then().statusCode(200);
        assertEquals(third.refresh(), Tokens.in(again).refresh());
        assertEquals(200, Tokens.in(again).refreshed().statusCode());
    }

    @Test
    void all_tokens_spent_within_10_seconds_get_the_current_one() {
        var first = Tokens.of(registered());
        var second = Tokens.in(first.refreshed());
        first.passSeconds(2);
        var third = Tokens.in(second.refreshed());
        first.passSeconds(2);
        var current = Tokens.in(third.refreshed());
        first.passSeconds(2);

        for (var spent : List.of(first, second, third)) {
            assertEquals(current.refresh(), Tokens.in(spent.refreshed()).refresh());
        }

        assertEquals(200, current.refreshed().statusCode());
    }

    @Test
    void reusing_a_spent_token_after_10_seconds_ends_the_session() {
        var alice = registered();
        var tokens = Tokens.of(alice);
        var next = Tokens.in(tokens.refreshed());
        tokens.passSeconds(11);

        assertRefused(tokens.refreshed());

        assertRefused(next.refreshed());
        assertEquals(401, tokens.status());
        assertEquals(401, next.status());
        alice.me().then().statusCode(200);
    }

    @Test
    void reusing_a_token_after_10_seconds_ends_the_session_even_if_its_successor_was_spent_just_now() {
        var first = Tokens.of(registered());
        var second = Tokens.in(first.refreshed());
        first.passSeconds(11);
        var third = Tokens.in(second.refreshed());
        assertEquals(third.refresh(), Tokens.in(second.refreshed()).refresh());

        assertRefused(first.refreshed());

        assertRefused(third.refreshed());
    }

    @Test
    void reusing_the_first_of_many_tokens_ends_the_session() {
        var first = Tokens.of(registered());
        var current = first;
        for (var i = 0; i < 5; i++) {
            current = Tokens.in(current.refreshed());
            first.passSeconds(11);
        }

        assertRefused(first.refreshed());

        assertRefused(current.refreshed());
        assertEquals(401, current.status());
    }

    @Test
    void accepts_a_token_of_an_earlier_version_once() {
        var legacy = issuedByEarlierVersion(null);

        var next = Tokens.in(legacy.refreshed());

        legacy.passSeconds(8);
        assertEquals(next.refresh(), Tokens.in(legacy.refreshed()).refresh());
        legacy.passSeconds(3);
        assertRefused(legacy.refreshed());
        assertRefused(next.refreshed());
        assertEquals(401, legacy.status());
    }

    @Test
    void accepts_a_token_that_an_earlier_version_has_just_replaced() {
        assertEquals(200, issuedByEarlierVersion("5 seconds").refreshed().statusCode());
    }

    @Test
    void reusing_a_token_that_an_earlier_version_has_replaced_ends_the_session() {
        var legacy = issuedByEarlierVersion("11 seconds");

        assertRefused(legacy.refreshed());

        assertEquals(401, legacy.status());
    }

    @Test
    void accepts_an_unused_token_as_long_as_the_session_lasts() {
        var tokens = Tokens.of(registered());
        TestDatabase.execute(
                "update sessions set last_used_at = last_used_at - interval '29 days',"
                        + " expires_at = expires_at - interval '29 days' where id = ?::uuid",
                tokens.session());

        var answer = tokens.refreshed();

        answer.then().statusCode(200);
        tokens.bearer().get("/auth/sessions").then().body("find { it.current }.expires_at", isDaysAhead(30));
    }

    @Test
    void does_not_refresh_an_expired_session() {
        var tokens = Tokens.of(registered());
        TestDatabase.execute(
                "update sessions set expires_at = now() - interval '1 second' where id = ?::uuid", tokens.session());

        assertRefused(tokens.refreshed());
    }

    @Test
    void concurrent_refreshes_of_one_token_get_the_same_successor() {
        var tokens = Tokens.of(registered());

        var answers = atOnce(20, number -> tokens.refreshed());

        answers.forEach(answer -> answer.then().statusCode(200));
        var successors = answers.stream().map(Tokens::in).distinct().toList();
        assertTrue(successors.stream().allMatch(next -> next.session().equals(tokens.session())));
        assertEquals(1, successors.stream().map(Tokens::refresh).distinct().count());
    }

    @Test
    void rejects_disabled_and_deleted_users() {
        var alice = registered();
        var bob = registered();
        var aliceTokens = Tokens.of(alice);
        var bobTokens = Tokens.of(bob);

        TestDatabase.disable(alice);
        TestDatabase.remove(bob);

        assertRefused(aliceTokens.refreshed());
        assertRefused(bobTokens.refreshed());
    }

    @Test
    void the_new_access_token_contains_the_current_role() {
        var alice = registered();
        var tokens = Tokens.of(alice);
        TestDatabase.makeAdmin(alice);

        var next = Tokens.in(tokens.refreshed());

        assertEquals(
                List.of("admin"), JWT.decode(next.access()).getClaim("groups").asList(String.class));
    }

    @Test
    void the_database_contains_no_signature() {
        var tokens = Tokens.in(Tokens.of(registered()).refreshed());
        var token = Base64.getUrlDecoder().decode(tokens.refresh());
        var signature = Arrays.copyOfRange(token, SIGNATURE, token.length);

        var session = TestDatabase.text("select s::text from sessions s where id = ?::uuid", tokens.session());

        assertFalse(session.contains(tokens.refresh()), session);
        assertFalse(session.contains(HexFormat.of().formatHex(signature)), session);
        assertEquals(
                "0",
                TestDatabase.text("select count(*) from refresh_tokens where session_id = ?::uuid", tokens.session()));
    }

    /** A new session with a token as earlier versions stored it, replaced that long ago. */
    private static Tokens issuedByEarlierVersion(String ago) {
        var tokens = Tokens.of(registered());
        var legacy = new byte[32];
        new SecureRandom().nextBytes(legacy);
        TestDatabase.execute(
                "insert into refresh_tokens (hash, session_id, spent_at)"
                        + " values (sha256(?), ?::uuid, now() - ?::interval)",
                legacy,
                tokens.session(),
                ago);
        return new Tokens(tokens.access(), encoded(legacy));
    }

    private static String forged(Tokens tokens, Consumer<ByteBuffer> change) {
        var token = ByteBuffer.wrap(Base64.getUrlDecoder().decode(tokens.refresh()));
        change.accept(token);
        return encoded(token.array());
    }

    private static String encoded(byte[] token) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
    }

    private static Response refresh(String body) {
        return anyone().contentType("application/json").body(body).post("/auth/refresh");
    }

    private static void assertRefused(Response answer) {
        answer.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"))
                .body("code", equalTo("invalid_refresh_token"));
    }

    private static Matcher<String> isRefreshCookie() {
        return allOf(
                matchesRegex("refresh_token=[A-Za-z0-9_-]{70};.*"),
                containsString(";Path=/auth;"),
                containsString(";Max-Age=2592000;"),
                matchesRegex(".*;Secure(;.*)?"),
                matchesRegex(".*;HttpOnly(;.*)?"),
                matchesRegex(".*;SameSite=Strict(;.*)?"),
                not(containsString("Domain")));
    }

    private static Matcher<String> isDaysAhead(int days) {
        var day = java.time.OffsetDateTime.now(java.time.ZoneOffset.UTC)
                .plusDays(days)
                .toLocalDate();
        return matchesRegex("(%s|%s)T.*Z".formatted(day, day.minusDays(1)));
    }
}

@QuarkusIntegrationTest
class RefreshIT extends RefreshTest {}
