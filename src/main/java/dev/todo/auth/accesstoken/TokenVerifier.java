package dev.todo.auth.accesstoken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.todo.auth.signing.SigningKeys;
import dev.todo.config.Settings;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Decides whether an access token is ours and valid: HS256 only, our key, our issuer, {@code exp} present and not past,
 * {@code nbf} and {@code iat} not in the future, with 60 seconds of clock skew (RFC 8725 explains the strictness).
 */
@Alternative
@Priority(1)
@ApplicationScoped
class TokenVerifier extends JWTCallerPrincipalFactory {

    private static final int CLOCK_SKEW_SECONDS = 60;
    private static final Pattern BLANKS = Pattern.compile("^ +");

    /** Tokens have 300 to 400 bytes each, plus their claims. */
    private static final int CACHE_SIZE = 2_000;

    private final String issuer;
    private final SigningKeys keys;
    private final ObjectMapper json;

    // A verified token is valid until it expires: keys stay the same
    private final Cache<String, SessionPrincipal> verified =
            Caffeine.newBuilder().maximumSize(CACHE_SIZE).build();

    TokenVerifier(Settings settings, ObjectMapper json) {
        this.issuer = settings.jwtIssuer();
        this.keys = SigningKeys.of(settings);
        this.json = json;
    }

    @Override
    public JWTCallerPrincipal parse(String credentials, JWTAuthContextInfo unused) throws ParseException {
        // RFC 6750, section 2.1: one or more spaces after the scheme
        var token = BLANKS.matcher(credentials).replaceFirst("");
        var now = System.currentTimeMillis() / 1000.0;
        var known = verified.getIfPresent(token);
        if (known != null && known.validUntil > now) {
            return known;
        }
        var principal = read(token, now);
        verified.put(token, principal);
        return principal;
    }

    private SessionPrincipal read(String token, double now) throws ParseException {
        try {
            var jws = CompactJws.parse(token);
            // First, so that nothing forged is read
            require(keys.isSignatureValid(jws.signingInput(), jws.signature()));
            requireUnderstood(object(jws.header()));
            return principal(new TokenClaims(object(jws.payload())), now);
        } catch (IOException | IllegalArgumentException e) {
            throw new ParseException("The access token is invalid", e);
        }
    }

    /** RFC 7515, section 4, and RFC 7519, section 5: rejects extensions that must be understood, and nested tokens. */
    private static void requireUnderstood(JsonNode header) {
        require("HS256".equals(header.path("alg").textValue()));
        require(!header.has("crit") && !header.has("b64"));
        require(!"JWT".equalsIgnoreCase(header.path("cty").textValue()));
        require(header.path("kid").isTextual() || !header.has("kid"));
    }

    private SessionPrincipal principal(TokenClaims claims, double now) {
        require(claims.text("iss").equals(issuer));
        var validUntil = claims.time("exp") + CLOCK_SKEW_SECONDS;
        require(now < validUntil);
        require(claims.time("nbf", now) <= now + CLOCK_SKEW_SECONDS);
        require(claims.time("iat", now) <= now + CLOCK_SKEW_SECONDS);
        require(claims.json().path("jti").isTextual() || !claims.json().has("jti"));
        return new SessionPrincipal(claims.subject(), claims.uuid("sub"), claims.uuid("sid"), validUntil);
    }

    private JsonNode object(byte[] text) throws IOException {
        var read = json.readTree(text);
        require(read.isObject());
        return read;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("refused");
        }
    }
}
