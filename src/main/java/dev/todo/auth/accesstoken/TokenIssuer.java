package dev.todo.auth.accesstoken;

import dev.todo.auth.session.Session;
import dev.todo.auth.signing.SigningKeys;
import dev.todo.config.Settings;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/** Signs access tokens: JWTs (RFC 7519) with HS256, whose {@code sub} is the user's id. */
@Singleton
public class TokenIssuer {

    private final Settings settings;
    private final SigningKeys keys;

    TokenIssuer(Settings settings) {
        this.settings = settings;
        this.keys = SigningKeys.of(settings);
    }

    public AccessTokenResponse issueFor(Session session, Instant now) {
        var user = session.user();
        var token = Jwt.issuer(settings.jwtIssuer())
                .subject(user.id().toString())
                .claim("email", user.email())
                .groups(user.role().label)
                .issuedAt(now)
                .expiresAt(now.plus(settings.jwtExpiresIn()))
                .claim("jti", UUID.randomUUID().toString())
                .claim("sid", session.id().toString())
                .jws()
                .algorithm(SignatureAlgorithm.HS256);
        keys.currentId().ifPresent(token::keyId);
        return AccessTokenResponse.of(token.sign(keys.current()));
    }
}
