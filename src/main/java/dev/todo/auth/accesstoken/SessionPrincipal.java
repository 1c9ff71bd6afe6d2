package dev.todo.auth.accesstoken;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;

/** The user and the session of an access token, and until when it is valid, in seconds since 1970. */
final class SessionPrincipal extends DefaultJWTCallerPrincipal {

    final UUID user;
    final UUID session;
    final double validUntil;

    SessionPrincipal(JwtClaims claims, UUID user, UUID session, double validUntil) {
        super(claims);
        this.user = user;
        this.session = session;
        this.validUntil = validUntil;
    }
}
