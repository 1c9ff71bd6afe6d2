package dev.todo.auth;

import static dev.todo.auth.ratelimit.RateLimit.LOGIN;
import static dev.todo.auth.ratelimit.RateLimit.LOGIN_FROM_ADDRESS;
import static dev.todo.auth.ratelimit.RateLimit.LOGIN_TO_ACCOUNT;

import dev.todo.auth.password.PasswordHasher;
import dev.todo.auth.ratelimit.Attempt;
import dev.todo.auth.ratelimit.RateLimiter;
import dev.todo.auth.session.Session;
import dev.todo.auth.session.Sessions;
import dev.todo.observability.AuditLog;
import dev.todo.user.User;
import dev.todo.user.UserView;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Verifies credentials, within the rate limits, and starts a session. No connection is held while bcrypt runs. */
@Singleton
class LogIn {

    private final RateLimiter limiter;
    private final PasswordHasher passwords;
    private final Sessions sessions;
    private final LogInMetrics metrics;

    LogIn(RateLimiter limiter, PasswordHasher passwords, Sessions sessions, LogInMetrics metrics) {
        this.limiter = limiter;
        this.passwords = passwords;
        this.sessions = sessions;
        this.metrics = metrics;
    }

    Uni<Session> startSession(LogInRequest login, String address, String userAgent) {
        return sessions.isKnownAddress(login.email(), address)
                .chain(isKnown -> limiter.admit(
                        LOGIN.of(address, login.email()),
                        isKnown ? LOGIN_FROM_ADDRESS.unlimited(address) : LOGIN_FROM_ADDRESS.of(address),
                        isKnown ? LOGIN_TO_ACCOUNT.unlimited(login.email()) : LOGIN_TO_ACCOUNT.of(login.email())))
                .chain(attempt -> verify(login, attempt))
                .chain(user -> renewHash(user, login))
                .chain(user -> sessions.start(UserView.of(user), user.hashedPassword, userAgent, address))
                .onItem()
                .ifNull()
                .failWith(InvalidCredentials::new)
                .invoke(session ->
                        AuditLog.log("login_succeeded", session.user().id()))
                .invoke(metrics::countSuccess)
                .onFailure(InvalidCredentials.class)
                .invoke(metrics::countFailure);
    }

    private Uni<User> verify(LogInRequest login, Attempt attempt) {
        return findMatching(login)
                .chain(user -> attempt.clear().replaceWith(user))
                .onFailure(InvalidCredentials.class)
                .call(attempt::count)
                .onFailure(failure -> !(failure instanceof InvalidCredentials))
                .call(attempt::cancel);
    }

    /** The user with these credentials. A disabled user is rejected like an unknown one, and takes as long. */
    private Uni<User> findMatching(LogInRequest login) {
        return Panache.withSession(() -> User.findByEmail(login.email()))
                .chain(user -> passwords
                        .matches(login.password(), user == null || user.disabled ? null : user.hashedPassword)
                        .map(isMatch -> {
                            if (!isMatch) {
                                AuditLog.log("login_failed", user == null ? null : user.id);
                                throw new InvalidCredentials();
                            }
                            return user;
                        }));
    }

    /** Replaces an outdated hash while the password is available. */
    private Uni<User> renewHash(User user, LogInRequest login) {
        var outdated = user.hashedPassword;
        if (!passwords.isOutdated(outdated)) {
            return Uni.createFrom().item(user);
        }
        return passwords
                .renew(outdated, login.password())
                .invoke(hash -> user.hashedPassword = hash)
                .chain(hash -> Panache.withTransaction(() -> User.renewHash(user.id, outdated, hash)))
                // Another log-in has replaced the hash, or the password was changed
                .chain(renewed -> renewed == 1 ? Uni.createFrom().item(user) : findMatching(login));
    }
}
