package dev.todo.auth;

import dev.todo.auth.ratelimit.Attempt;
import dev.todo.auth.ratelimit.RateLimit;
import dev.todo.auth.ratelimit.RateLimiter;
import dev.todo.auth.session.RefreshToken;
import dev.todo.auth.session.RefreshTokenRotation;
import dev.todo.auth.session.RefreshTokens;
import dev.todo.auth.session.Session;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Refreshes a session's tokens, within the rate limit. */
@Singleton
class TokenRefresh {

    private final RateLimiter limiter;
    private final RefreshTokens tokens;
    private final RefreshTokenRotation rotation;

    TokenRefresh(RateLimiter limiter, RefreshTokens tokens, RefreshTokenRotation rotation) {
        this.limiter = limiter;
        this.tokens = tokens;
        this.rotation = rotation;
    }

    Uni<Session> refresh(String refreshToken) {
        return tokens.read(refreshToken)
                .chain(token ->
                        limiter.admit(RateLimit.REFRESH.of(token.session())).chain(attempt -> rotate(token, attempt)));
    }

    private Uni<Session> rotate(RefreshToken token, Attempt attempt) {
        return rotation.rotate(token)
                .onItemOrFailure()
                // The outcome of the rotation holds, even if counting fails
                .call((session, failure) -> attempt.count().onFailure().recoverWithNull());
    }
}
