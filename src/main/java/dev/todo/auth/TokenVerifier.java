package dev.todo.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.todo.settings.Settings;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.UUID;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;

/**
 * Decides whether an access token is ours and still holds: HS256 and nothing else, our key, our issuer, {@code exp} there
 * and not past, {@code nbf} and {@code iat} not ahead, with 60 seconds of clock skew (RFC 8725 explains the strictness).
 */
@Alternative
@Priority(1)
@ApplicationScoped
class TokenVerifier extends JWTCallerPrincipalFactory {

    private static final int CLOCK_SKEW_SECONDS = 60;

    /** Of 300 to 400 bytes each, and their claims. */
    private static final int REMEMBERED = 2_000;

    private final JwtConsumer rules;

    // Reading a token allocates 64 KiB and more. What was found to hold does so until it expires: keys stay the same
    private final Cache<String, SessionPrincipal> holding =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    TokenVerifier(Settings settings, SigningKey key) {
        this.rules = new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256))
                .setVerificationKeyResolver(key)
                .setExpectedIssuer(settings.jwtIssuer())
                .setRequireExpirationTime()
                .setRequireSubject()
                .setSkipDefaultAudienceValidation()
                .setAllowedClockSkewInSeconds(CLOCK_SKEW_SECONDS)
                .build();
    }

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo unused) throws ParseException {
        var known = holding.getIfPresent(token);
        if (known != null && known.holdsUntil > System.currentTimeMillis() / 1000) {
            return known;
        }
        var principal = read(token);
        holding.put(token, principal);
        return principal;
    }

    private SessionPrincipal read(String token) throws ParseException {
        try {
            var claims = rules.process(token).getJwtClaims();
            requireIssuedInThePast(claims);
            return new SessionPrincipal(
                    claims,
                    uuid(claims.getSubject()),
                    uuid(claims.getStringClaimValue("sid")),
                    claims.getExpirationTime().getValue() + CLOCK_SKEW_SECONDS);
        } catch (InvalidJwtException | MalformedClaimException | IllegalArgumentException e) {
            throw new ParseException("The access token does not hold", e);
        }
    }

    private static void requireIssuedInThePast(JwtClaims claims) throws MalformedClaimException {
        var issued = claims.getIssuedAt();
        if (issued != null && issued.getValue() - CLOCK_SKEW_SECONDS > System.currentTimeMillis() / 1000) {
            throw new IllegalArgumentException("iat is ahead");
        }
    }

    private static UUID uuid(String text) {
        var uuid = text == null ? null : UUID.fromString(text);
        if (uuid == null || !uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("no UUID");
        }
        return uuid;
    }
}
