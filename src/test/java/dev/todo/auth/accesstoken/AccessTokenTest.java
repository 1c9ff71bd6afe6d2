package dev.todo.auth.accesstoken;

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
import io.quarkus.test.junit.QuarkusIntegrationTest;
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
    void issues_tokens_that_other_libraries_can_verify() {
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
    void issues_tokens_that_last_seven_days() {
        var token = JWT.decode(registered().token());

        assertEquals(Duration.ofDays(7), Duration.between(token.getIssuedAtAsInstant(), token.getExpiresAtAsInstant()));
        assertEquals(
                0, Duration.between(token.getIssuedAtAsInstant(), Instant.now()).toMinutes());
    }

    @Test
    void gives_each_token_its_own_id() {
        var alice = registered();

        var another = TodoClient.tokenOf(alice.email(), TodoClient.PASSWORD);

        assertNotEquals(JWT.decode(alice.token()).getId(), JWT.decode(another).getId());
    }

    @Test
    void accepts_any_token_signed_with_our_key() {
        var alice = registered();

        alice.with(good(alice).signed()).me().then().statusCode(200).body("id", equalTo(alice.id()));
    }

    @Test
    void asks_for_a_token_if_there_is_none() {
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
    void ignores_other_authentication_schemes(String authorization) {
        var answer = anyone().header("Authorization", authorization).get("/users/me");

        answer.then().statusCode(401).header("WWW-Authenticate", "Bearer");
        assertEquals(withoutToken().asString(), answer.asString());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalidTokens")
    void answers_an_invalid_token_like_a_missing_one_except_for_WWW_Authenticate(
            String what, Function<TodoClient, String> token) {
        var alice = registered();

        var answer = alice.with(token.apply(alice)).me();

        answer.then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        assertEquals(withoutToken().asString(), answer.asString());
    }

    static Stream<Arguments> invalidTokens() {
        return Stream.of(
                bad("not a JWT", alice -> "secret"),
                bad("two parts", alice -> "e30.e30"),
                bad("three parts of nothing", alice -> "a.b.c"),
                bad("empty parts", alice -> ".."),
                bad("five parts, as if encrypted", alice -> "a.b.c.d.e"),
                bad("not base64", alice -> "!.!.!"),
                bad(
                        "no signature",
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
                        "not valid yet",
                        alice -> good(alice).withSecondsFromNow("nbf", 90).signed()),
                bad("nbf is text", alice -> good(alice).with("nbf", "tomorrow").signed()),
                bad(
                        "issued in the future",
                        alice -> good(alice).withSecondsFromNow("iat", 90).signed()),
                bad("iat is text", alice -> good(alice).with("iat", "now").signed()),
                bad(
                        "another issuer",
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
                bad("sid is text", alice -> good(alice).with("sid", "first").signed()),
                bad("sid is a number", alice -> good(alice).with("sid", 1).signed()),
                bad(
                        "sid of an unknown session",
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
                        "sub is an email",
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
    void tolerates_clock_skew_of_less_than_a_minute(String claim, long seconds) {
        var alice = registered();

        alice.with(good(alice).withSecondsFromNow(claim, seconds).signed())
                .me()
                .then()
                .statusCode(200);
    }

    @Test
    void rejects_a_previously_accepted_token_once_it_expires() throws InterruptedException {
        var alice = registered();
        var expiring = alice.with(good(alice).withSecondsFromNow("exp", -57).signed());
        expiring.me().then().statusCode(200);

        Thread.sleep(4_000);

        expiring.me().then().statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "jti"})
    void accepts_a_token_without_optional_claims(String claim) {
        var alice = registered();

        alice.with(good(alice).without(claim).signed()).me().then().statusCode(200);
    }

    @Test
    void ignores_audience_and_type() {
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
    void takes_roles_from_the_database_instead_of_the_token() {
        var alice = registered();

        alice.with(good(alice).with("groups", List.of("admin")).signed())
                .me()
                .then()
                .statusCode(200)
                .body("role", equalTo("user"));
        alice.with(good(alice).with("groups", List.of()).signed()).list().then().statusCode(200);
    }

    @Test
    void accepts_the_scheme_in_any_case() {
        var alice = registered();

        anyone().header("Authorization", "bearer " + alice.token())
                .get("/users/me")
                .then()
                .statusCode(200);
    }

    @Test
    void ignores_a_token_in_the_query_or_a_cookie() {
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
    void every_endpoint_requires_a_valid_token(String method, String path) {
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

    /** Each is valid except for one violation of RFC 7515 or RFC 7519. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedTokens")
    void rejects_a_token_that_violates_the_standards(String what, Function<ForgedToken, String> token) {
        var alice = registered();

        var answer = alice.with(token.apply(good(alice))).me();

        answer.then().statusCode(401).header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
        assertEquals(withoutToken().asString(), answer.asString());
    }

    static Stream<Arguments> malformedTokens() {
        return Stream.of(
                // Unpadded base64url, with only one encoding of each value (RFC 7515, section 2)
                written("the standard Base64 alphabet", AccessTokenTest::inStandardBase64),
                written("a padded signature", token -> token.signed() + "="),
                written("a question mark at the end", token -> token.signed() + "?"),
                written("a comma at the end", token -> token.signed() + ","),
                written("a dot at the end", token -> token.signed() + "."),
                written("a dot in front", token -> "." + token.signed()),
                written("a fourth part", token -> token.signed() + ".e30"),
                written("a space inside", token -> token.signed().replaceFirst("\\.", ". ")),
                written("a tab inside", token -> token.signed().replaceFirst("\\.", "\t.")),
                written("a no-break space at the end", token -> token.signed() + "\u00A0"),
                written("unused bits in the signature", AccessTokenTest::withUnusedBits),
                written("half of the signature", AccessTokenTest::withHalfOfTheSignature),
                written("quotes", token -> '"' + token.signed() + '"'),
                // Header (RFC 7515, section 4; RFC 7519, section 5)
                written(
                        "an empty crit",
                        token -> token.withHeader("crit", List.of()).signed()),
                written(
                        "a crit of a registered name",
                        token -> token.withHeader("crit", List.of("alg")).signed()),
                written(
                        "a crit that is null",
                        token -> token.withHeader("crit", null).signed()),
                written(
                        "a crit of exp",
                        token -> token.withHeader("crit", List.of("exp"))
                                .withHeader("exp", 1)
                                .signed()),
                written("a nested JWT", token -> token.withHeader("cty", "JWT").signed()),
                written(
                        "a nested JWT in lower case",
                        token -> token.withHeader("cty", "jwt").signed()),
                written(
                        "an unencoded payload",
                        token -> token.withHeader("b64", false).signed()),
                written(
                        "alg in lower case",
                        token -> token.withHeader("alg", "hs256").signed()),
                written(
                        "alg with a space",
                        token -> token.withHeader("alg", "HS256 ").signed()),
                written(
                        "alg in a list",
                        token -> token.withHeader("alg", List.of("HS256")).signed()),
                written(
                        "alg twice",
                        token -> token.signedWithHeaderText(header -> header.replace("{", "{\"alg\":\"HS256\","))),
                written(
                        "alg twice, the first none",
                        token -> token.signedWithHeaderText(header -> header.replace("{", "{\"alg\":\"none\","))),
                written(
                        "alg twice, once escaped",
                        token ->
                                token.signedWithHeaderText(header -> header.replace("{", "{\"\\u0061lg\":\"HS256\","))),
                written(
                        "a kid that is a number",
                        token -> token.withHeader("kid", 1).signed()),
                written("text after the header", token -> token.signedWithHeaderText(header -> header + "x")),
                written("two headers", token -> token.signedWithHeaderText(header -> header + header)),
                written("a header in a list", token -> token.signedWithHeaderText(header -> "[" + header + "]")),
                written("a comment in the header", token -> token.signedWithHeaderText(header -> "/**/" + header)),
                // Claims (RFC 7519, section 4)
                written(
                        "sub twice",
                        token -> token.signedWithClaimsText(claims -> claims.replace("{", "{\"sub\":\"x\","))),
                written(
                        "exp twice",
                        token -> token.signedWithClaimsText(claims -> claims.replace("{", "{\"exp\":99999999999,"))),
                written(
                        "a member of a claim twice",
                        token ->
                                token.signedWithClaimsText(claims -> claims.replace("{", "{\"x\":{\"y\":1,\"y\":1},"))),
                written("text after the claims", token -> token.signedWithClaimsText(claims -> claims + "x")),
                written(
                        "a comma after the last claim",
                        token -> token.signedWithClaimsText(claims -> claims.replace("}", ",}"))),
                written("single quotes", token -> token.signedWithClaimsText(claims -> claims.replace('"', '\''))),
                written("claims in a list", token -> token.signedWithClaimsText(claims -> "[" + claims + "]")),
                written("an infinite exp", token -> withExp(token, "1e400")),
                written("an exp past the year 9999", token -> withExp(token, "253402300800")),
                written("an exp in milliseconds", token -> withExp(token, "4102444800000")),
                written("a negative exp", token -> withExp(token, "-1")),
                written("an exp of minus infinity", token -> withExp(token, "-1e400")),
                written("an exp that is not JSON", token -> withExp(token, "NaN")),
                written("an exp with a leading zero", token -> withExp(token, "099999999999")),
                written("an exp in a string", token -> withExp(token, "\"99999999999\"")),
                written("an exp in a list", token -> withExp(token, "[99999999999]")),
                written("an exp that is true", token -> withExp(token, "true")),
                written("an iat that is null", token -> token.with("iat", null).signed()),
                written("a negative iat", token -> token.with("iat", -1).signed()),
                written("an nbf that is null", token -> token.with("nbf", null).signed()),
                written(
                        "an infinite nbf",
                        token -> token.signedWithClaimsText(claims -> claims.replace("{", "{\"nbf\":-1e400,"))),
                written("a jti that is a number", token -> token.with("jti", 1).signed()),
                written(
                        "sub in upper case",
                        token -> token.with("sub", subjectOf(token).toUpperCase())
                                .signed()),
                written(
                        "sub with braces",
                        token -> token.with("sub", "{" + subjectOf(token) + "}").signed()),
                written(
                        "sub with a space",
                        token -> token.with("sub", subjectOf(token) + " ").signed()),
                written(
                        "sub without its leading zero",
                        token ->
                                token.with("sub", subjectOf(token).substring(1)).signed()),
                written(
                        "iss in upper case",
                        token -> token.with("iss", "TODO-SERVICE").signed()),
                written(
                        "iss with a space",
                        token -> token.with("iss", "todo-service ").signed()),
                written(
                        "deep claims",
                        token -> token.signedWithClaimsText(claims ->
                                claims.replace("{", "{\"x\":" + "[".repeat(1_500) + "]".repeat(1_500) + ","))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unusualButValidTokens")
    void accepts_what_the_standards_allow(String what, Function<ForgedToken, String> token) {
        var alice = registered();

        alice.with(token.apply(good(alice))).me().then().statusCode(200);
    }

    static Stream<Arguments> unusualButValidTokens() {
        return Stream.of(
                written("an exp with a fraction", token -> withExp(token, "99999999999.5")),
                written("an exp with an exponent", token -> withExp(token, "9.9e10")),
                written(
                        "white space in the JSON",
                        token -> token.signedWithClaimsText(claims -> " {\n " + claims.substring(1) + "\r\n\t")),
                written(
                        "a typ that is a number",
                        token -> token.withHeader("typ", 5).signed()),
                written("no typ", token -> token.withHeader("typ", null).signed()),
                written(
                        "an unknown kid",
                        token -> token.withHeader("kid", "another").signed()),
                written(
                        "a header that is unknown",
                        token -> token.withHeader("x", List.of(1)).signed()),
                written(
                        "a URL of another key set",
                        token -> token.withHeader("jku", "https://keys.example.com")
                                .signed()),
                written(
                        "claims that are unknown",
                        token -> token.with("x", List.of(1)).signed()),
                written(
                        "an audience of two",
                        token -> token.with("aud", List.of("a", "b")).signed()),
                written("two spaces before the token", token -> " " + token.signed()));
    }

    @Test
    void rejects_another_encoding_of_an_accepted_token() {
        var alice = registered();
        alice.me().then().statusCode(200);

        alice.with(alice.token() + "=").me().then().statusCode(401);
        alice.with(alice.token() + "?").me().then().statusCode(401);
    }

    private static Response withoutToken() {
        return anyone().get("/users/me");
    }

    private static Arguments bad(String what, Function<TodoClient, String> token) {
        return arguments(what, token);
    }

    private static Arguments written(String what, Function<ForgedToken, String> token) {
        return arguments(what, token);
    }

    /** Tries until the signature differs between the two alphabets. */
    private static String inStandardBase64(ForgedToken token) {
        for (var attempt = 0; ; attempt++) {
            var signed = token.with("jti", "attempt " + attempt).signed();
            var signature = signed.substring(signed.lastIndexOf('.') + 1);
            if (signature.matches(".*[-_].*")) {
                return signed.replace(signature, signature.replace('-', '+').replace('_', '/'));
            }
        }
    }

    /** The last of the 43 characters contains four bits of the signature and two bits that must be zero. */
    private static String withUnusedBits(ForgedToken token) {
        var signed = token.signed();
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = alphabet.indexOf(signed.charAt(signed.length() - 1));
        return signed.substring(0, signed.length() - 1) + alphabet.charAt(last + 1);
    }

    private static String withHalfOfTheSignature(ForgedToken token) {
        var signed = token.signed();
        return signed.substring(0, signed.length() - 21);
    }

    private static String withExp(ForgedToken token, String number) {
        return token.signedWithClaimsText(claims -> claims.replaceFirst("\"exp\":\\d+", "\"exp\":" + number));
    }

    private static String subjectOf(ForgedToken token) {
        return JWT.decode(token.signed()).getSubject();
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

@QuarkusIntegrationTest
class AccessTokenIT extends AccessTokenTest {}
