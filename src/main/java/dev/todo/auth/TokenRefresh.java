package dev.todo.auth;

import dev.todo.auth.ratelimit.RateLimit;
import dev.todo.auth.ratelimit.RateLimiter;
import dev.todo.auth.session.RefreshTokenRotation;
import dev.todo.auth.session.Session;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Renews a session's tokens, so many times a minute. */
@Singleton
class TokenRefresh {

    private final RateLimiter limiter;
    private final RefreshTokenRotation rotation;

    TokenRefresh(RateLimiter limiter, RefreshTokenRotation rotation) {
        this.limiter = limiter;
        this.rotation = rotation;
    }

    Uni<Session> refresh(String refreshToken) {
        return rotation.sessionOf(refreshToken)
                .chain(session -> limiter.admit(RateLimit.REFRESH.of(session)))
                .chain(attempt -> rotation.rotate(refreshToken)
                        .onItemOrFailure()
                        // What became of the token holds, whatever becomes of the count
                        .call((session, failure) -> attempt.count().onFailure().recoverWithNull()));
    }
}
