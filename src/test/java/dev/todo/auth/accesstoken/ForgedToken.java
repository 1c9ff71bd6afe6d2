package dev.todo.auth.accesstoken;

import com.auth0.jwt.JWT;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.EmbeddedPostgresResource;
import dev.todo.TodoClient;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A JWT built by hand. It is valid until a test changes it. */
final class ForgedToken {

    static final String KEY = EmbeddedPostgresResource.JWT_SECRET;

    private final Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", "HS256", "typ", "JWT"));
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private final long now = Instant.now().getEpochSecond();

    /** A valid token for the user's session. */
    static ForgedToken of(TodoClient user) {
        var session = JWT.decode(user.token()).getClaim("sid").asString();
        var token = new ForgedToken();
        return token.with("iss", "todo-service")
                .with("sub", user.id())
                .with("sid", session)
                .with("iat", token.now - 3600)
                .with("exp", token.now + 3600)
                .with("jti", UUID.randomUUID().toString());
    }

    ForgedToken with(String claim, Object value) {
        claims.put(claim, value);
        return this;
    }

    ForgedToken withSecondsFromNow(String claim, long seconds) {
        return with(claim, now + seconds);
    }

    ForgedToken without(String claim) {
        claims.remove(claim);
        return this;
    }

    ForgedToken withHeader(String name, Object value) {
        header.put(name, value);
        return this;
    }

    String signed() {
        return signed("HmacSHA256", KEY);
    }

    String signed(String algorithm, String key) {
        return unsigned() + base64(mac(signingInput(), algorithm, key));
    }

    private static byte[] mac(String input, String algorithm, String key) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
            return mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The header, the payload and the dot before the signature. */
    String unsigned() {
        return signingInput() + ".";
    }

    /** Changes the JSON text of the header, then signs the token. */
    String signedWithHeaderText(UnaryOperator<String> change) {
        return signedText(change.apply(text(header)), text(claims));
    }

    /** Changes the JSON text of the claims, then signs the token. */
    String signedWithClaimsText(UnaryOperator<String> change) {
        return signedText(text(header), change.apply(text(claims)));
    }

    private static String signedText(String header, String claims) {
        var input =
                base64(header.getBytes(StandardCharsets.UTF_8)) + "." + base64(claims.getBytes(StandardCharsets.UTF_8));
        return input + "." + base64(mac(input, "HmacSHA256", KEY));
    }

    private String signingInput() {
        return base64(text(header).getBytes(StandardCharsets.UTF_8))
                + "."
                + base64(text(claims).getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Map<String, Object> members) {
        try {
            return new ObjectMapper().writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
