package dev.todo.auth;

import dev.todo.settings.Settings;
import dev.todo.user.User;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.UUID;

/** Signs access tokens: JWTs (RFC 7519) with HS256, whose {@code sub} is the user's id. */
@Singleton
class TokenIssuer {

    private final Settings settings;
    private final SigningKey key;

    TokenIssuer(Settings settings, SigningKey key) {
        this.settings = settings;
        this.key = key;
    }

    AccessToken issueFor(User user, Instant now) {
        return AccessToken.of(Jwt.issuer(settings.jwtIssuer())
                .subject(user.id.toString())
                .claim("email", user.email)
                .groups(user.role.label)
                .issuedAt(now)
                .expiresAt(now.plus(settings.jwtExpiresIn()))
                .claim("jti", UUID.randomUUID().toString())
                .jws()
                .algorithm(SignatureAlgorithm.HS256)
                .sign(key.current()));
    }
}
