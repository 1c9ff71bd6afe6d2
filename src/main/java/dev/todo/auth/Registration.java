package dev.todo.auth;

import dev.todo.auth.password.PasswordHasher;
import dev.todo.auth.ratelimit.Attempt;
import dev.todo.auth.ratelimit.RateLimit;
import dev.todo.auth.ratelimit.RateLimiter;
import dev.todo.http.json.Rfc3339;
import dev.todo.observability.AuditLog;
import dev.todo.user.EmailTaken;
import dev.todo.user.User;
import dev.todo.user.UserView;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Creates an account, within the rate limit. An attempt with a taken address counts too. */
@Singleton
class Registration {

    private final RateLimiter limiter;
    private final PasswordHasher passwords;

    Registration(RateLimiter limiter, PasswordHasher passwords) {
        this.limiter = limiter;
        this.passwords = passwords;
    }

    Uni<UserView> signUp(SignUpRequest wanted, String address) {
        return limiter.admit(RateLimit.SIGN_UP.of(address)).chain(attempt -> register(wanted, attempt));
    }

    private Uni<UserView> register(SignUpRequest wanted, Attempt attempt) {
        return passwords
                .hash(wanted.password())
                .chain(hash -> Panache.withTransaction(() -> User.register(wanted.email(), hash, Rfc3339.now())))
                .map(UserView::of)
                .invoke(user -> AuditLog.log("signed_up", user.id()))
                .onItemOrFailure()
                .call((user, failure) -> failure == null
                        // The account exists, even if counting fails
                        ? attempt.count().onFailure().recoverWithNull()
                        : failure instanceof EmailTaken ? attempt.count() : attempt.cancel());
    }
}
