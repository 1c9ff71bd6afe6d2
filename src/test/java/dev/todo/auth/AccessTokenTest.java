package dev.todo.auth;

import static dev.todo.TodoClient.anyone;
import static dev.todo.TodoClient.registered;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.todo.TestDatabase;
import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class AccessTokenTest {

    @Test
    void our_token_can_be_verified_by_another_library() {
        var alice = registered();

        var token = JWT.require(Algorithm.HMAC256(ForgedToken.KEY))
                .withIssuer("todo-service")
                .build()
                .verify(alice.token());

        assertEquals("HS256", token.getAlgorithm());
        assertEquals("JWT", token.getType());
        assertEquals(alice.id(), token.getSubject());
        assertEquals(alice.email(), token.getClaim("email").asString());
        assertEquals(List.of("user"), token.getClaim("groups").asList(String.class));
    }

    @Test
    void our_token_lasts_seven_days_from_now() {
        var token = JWT.decode(registered().token());

        assertEquals(Duration.ofDays(7), Duration.between(token.getIssuedAtAsInstant(), token.getExpiresAtAsInstant()));
        assertEquals(
                0, Duration.between(token.getIssuedAtAsInstant(), Instant.now()).toMinutes());
    }

    @Test
    void no_two_tokens_have_one_id() {
        var alice = registered();

        var another = TodoClient.tokenOf(alice.email(), TodoClient.PASSWORD);

        assertNotEquals(JWT.decode(alice.token()).getId(), JWT.decode(another).getId());
    }

    @Test
    void a_token_of_another_maker_with_our_key_is_accepted() {
        var alice = registered();

        alice.with(good(alice).signed()).me().then().statusCode(200).body("id", equalTo(alice.id()));
    }

    @Test
    void without_a_token_the_answer_asks_for_one() {
        withoutToken()
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("code", equalTo("unauthorized"))
                .body("instance", equalTo("/users/me"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNzd29yZA==", "Digest username=ada", "Negotiate abc"})
    void another_scheme_is_no_token(String authorization) {
        var answer = anyone().header("Authorization", authorization).get("/users/me");

        answer.then().statusCode(401).header("WWW-Authenticate", "Bearer");
        assertEquals(withoutToken().asString(), answer.asString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokensThatDoNotHold")
    void a_token_that_does_not_hold_is_answered_as_a_missing_one_but_for_the_header(
            String what, Function<TodoClient, String> token) {
        var alice = registered();

        var answer = alice.with(token.apply(alice)).me();

        answer.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        assertEquals(withoutToken().asString(), answer.asString());
    }

    static Stream<Arguments> tokensThatDoNotHold() {
        return Stream.of(
                bad("not a JWT", alice -> "secret"),
                bad("two parts", alice -> "e30.e30"),
                bad("three parts of nothing", alice -> "a.b.c"),
                bad("empty parts", alice -> ".."),
                bad("five parts, as if encrypted", alice -> "a.b.c.d.e"),
                bad("no base64", alice -> "!.!.!"),
                bad(
                        "the signature cut off",
                        alice -> alice.token().substring(0, alice.token().lastIndexOf('.') + 1)),
                bad("another signature", alice -> otherSignature(alice.token())),
                bad("another payload", AccessTokenTest::otherPayload),
                bad("another key", alice -> good(alice).signed("HmacSHA256", "another-key-that-has-32-bytes-too")),
                bad("an empty payload", alice -> JWT.create().sign(Algorithm.HMAC256(ForgedToken.KEY))),
                bad(
                        "none, unsigned",
                        alice -> good(alice).withHeader("alg", "none").unsigned()),
                bad(
                        "None, unsigned",
                        alice -> good(alice).withHeader("alg", "None").unsigned()),
                bad(
                        "none, signed",
                        alice -> good(alice).withHeader("alg", "none").signed()),
                bad("no alg", alice -> good(alice).withHeader("alg", null).signed()),
                bad("HS384", alice -> good(alice).withHeader("alg", "HS384").signed("HmacSHA384", ForgedToken.KEY)),
                bad("HS512", alice -> good(alice).withHeader("alg", "HS512").signed("HmacSHA512", ForgedToken.KEY)),
                bad("RS256", AccessTokenTest::signedWithRsa),
                bad(
                        "an unknown critical header",
                        alice -> good(alice)
                                .withHeader("crit", List.of("x"))
                                .withHeader("x", 1)
                                .signed()),
                bad(
                        "expired",
                        alice -> good(alice).withSecondsFromNow("exp", -90).signed()),
                bad("expired long ago", alice -> good(alice).with("exp", 1).signed()),
                bad("no exp", alice -> good(alice).without("exp").signed()),
                bad("exp is null", alice -> good(alice).with("exp", null).signed()),
                bad("exp is text", alice -> good(alice).with("exp", "tomorrow").signed()),
                bad(
                        "exp is huge",
                        alice -> good(alice)
                                .with("exp", new java.math.BigInteger("9".repeat(40)))
                                .signed()),
                bad(
                        "not yet",
                        alice -> good(alice).withSecondsFromNow("nbf", 90).signed()),
                bad("nbf is text", alice -> good(alice).with("nbf", "tomorrow").signed()),
                bad(
                        "made in the future",
                        alice -> good(alice).withSecondsFromNow("iat", 90).signed()),
                bad("iat is text", alice -> good(alice).with("iat", "now").signed()),
                bad(
                        "foreign issuer",
                        alice -> good(alice).with("iss", "https://example.com").signed()),
                bad("no issuer", alice -> good(alice).without("iss").signed()),
                bad(
                        "iss is a list",
                        alice ->
                                good(alice).with("iss", List.of("todo-service")).signed()),
                bad(
                        "unknown user",
                        alice -> good(alice)
                                .with("sub", UUID.randomUUID().toString())
                                .signed()),
                bad("disabled user", alice -> after(alice, TestDatabase::disable)),
                bad("deleted user", alice -> after(alice, TestDatabase::remove)),
                bad("no sid", alice -> good(alice).without("sid").signed()),
                bad("sid is no UUID", alice -> good(alice).with("sid", "first").signed()),
                bad("sid is a number", alice -> good(alice).with("sid", 1).signed()),
                bad(
                        "sid of no session",
                        alice -> good(alice)
                                .with("sid", UUID.randomUUID().toString())
                                .signed()),
                bad(
                        "sid of another user's session",
                        alice -> good(registered()).with("sub", alice.id()).signed()),
                bad("no sub", alice -> good(alice).without("sub").signed()),
                bad("sub is null", alice -> good(alice).with("sub", null).signed()),
                bad("sub is empty", alice -> good(alice).with("sub", "").signed()),
                bad(
                        "sub is no UUID",
                        alice -> good(alice).with("sub", alice.email()).signed()),
                bad(
                        "sub is almost a UUID",
                        alice -> good(alice).with("sub", alice.id() + "0").signed()),
                bad(
                        "sub holds U+0000",
                        alice -> good(alice).with("sub", alice.id() + "\0").signed()),
                bad("sub is a number", alice -> good(alice).with("sub", 42).signed()),
                bad(
                        "sub is a list",
                        alice -> good(alice).with("sub", List.of(alice.id())).signed()),
                bad(
                        "sub is an object",
                        alice -> good(alice)
                                .with("sub", java.util.Map.of("id", alice.id()))
                                .signed()));
    }

    @ParameterizedTest(name = "{0} {1} s from now")
    @CsvSource({"exp, -30", "nbf, 30", "iat, 30"})
    void clocks_may_differ_by_less_than_a_minute(String claim, long seconds) {
        var alice = registered();

        alice.with(good(alice).withSecondsFromNow(claim, seconds).signed())
                .me()
                .then()
                .statusCode(200);
    }

    @Test
    void a_token_that_was_good_before_is_not_once_it_has_expired() throws InterruptedException {
        var alice = registered();
        var soonOver = alice.with(good(alice).withSecondsFromNow("exp", -57).signed());
        soonOver.me().then().statusCode(200);

        Thread.sleep(4_000);

        soonOver.me().then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "jti"})
    void a_token_may_lack_what_is_not_asked_for(String claim) {
        var alice = registered();

        alice.with(good(alice).without(claim).signed()).me().then().statusCode(200);
    }

    @Test
    void audience_and_type_are_not_looked_at() {
        var alice = registered();

        alice.with(good(alice)
                        .with("aud", "somebody-else")
                        .withHeader("typ", "at+jwt")
                        .signed())
                .me()
                .then()
                .statusCode(200);
    }

    @Test
    void roles_come_from_the_database_and_not_from_the_token() {
        var alice = registered();

        alice.with(good(alice).with("groups", List.of("admin")).signed())
                .me()
                .then()
                .statusCode(200)
                .body("role", equalTo("user"));
        alice.with(good(alice).with("groups", List.of()).signed()).list().then().statusCode(200);
    }

    @Test
    void the_scheme_may_be_written_in_any_case() {
        var alice = registered();

        anyone().header("Authorization", "bearer " + alice.token())
                .get("/users/me")
                .then()
                .statusCode(200);
    }

    @Test
    void a_token_in_the_query_or_in_a_cookie_is_not_looked_at() {
        var alice = registered();

        anyone().queryParam("access_token", alice.token())
                .get("/users/me")
                .then()
                .statusCode(401);
        anyone().cookie("access_token", alice.token())
                .cookie("Bearer", alice.token())
                .get("/users/me")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "GET, /users/me",
        "GET, /tasks",
        "POST, /tasks",
        "GET, /tasks/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11",
        "PUT, /tasks/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11",
        "PATCH, /tasks/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11",
        "PATCH, /tasks/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11/complete",
        "DELETE, /tasks/01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11"
    })
    void every_call_asks_for_a_token_that_holds(String method, String path) {
        anyone().request(method, path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer")
                .body("instance", equalTo(path));
        anyone().header("Authorization", "Bearer stale")
                .request(method, path)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""));
    }

    private static Response withoutToken() {
        return anyone().get("/users/me");
    }

    private static Arguments bad(String what, Function<TodoClient, String> token) {
        return arguments(what, token);
    }

    private static ForgedToken good(TodoClient user) {
        return ForgedToken.of(user);
    }

    private static String after(TodoClient user, java.util.function.Consumer<TodoClient> change) {
        change.accept(user);
        return user.token();
    }

    private static String otherSignature(String token) {
        var signature = token.lastIndexOf('.') + 1;
        var other = token.charAt(signature) == 'A' ? 'B' : 'A';
        return token.substring(0, signature) + other + token.substring(signature + 1);
    }

    private static String otherPayload(TodoClient user) {
        var signature = user.token().substring(user.token().lastIndexOf('.') + 1);
        return good(user).with("email", "mallory@example.com").unsigned() + signature;
    }

    private static String signedWithRsa(TodoClient user) {
        try {
            var keys = KeyPairGenerator.getInstance("RSA").generateKeyPair();
            return JWT.create()
                    .withIssuer("todo-service")
                    .withSubject(user.id())
                    .withExpiresAt(Instant.now().plusSeconds(3600))
                    .sign(Algorithm.RSA256(null, (RSAPrivateKey) keys.getPrivate()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
