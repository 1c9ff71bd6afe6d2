package dev.todo.auth;

import dev.todo.auth.ratelimit.RateLimit;
import dev.todo.auth.ratelimit.RateLimiter;
import dev.todo.auth.session.RefreshTokenRotation;
import dev.todo.auth.session.Session;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Refreshes a session's tokens, within the rate limit. */
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
                        // The outcome of the rotation holds, even if counting fails
                        .call((session, failure) -> attempt.count().onFailure().recoverWithNull()));
    }
}
