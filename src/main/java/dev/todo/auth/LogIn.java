package dev.todo.auth;

import static dev.todo.attempt.Limit.LOGIN;
import static dev.todo.attempt.Limit.LOGIN_FROM_ADDRESS;
import static dev.todo.attempt.Limit.LOGIN_TO_ACCOUNT;

import dev.todo.attempt.Attempt;
import dev.todo.attempt.Attempts;
import dev.todo.audit.Audit;
import dev.todo.password.PasswordHasher;
import dev.todo.session.Session;
import dev.todo.session.Sessions;
import dev.todo.user.User;
import dev.todo.user.UserView;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Judges credentials, within the limits on attempts, and starts a session. No connection waits for bcrypt. */
@Singleton
class LogIn {

    private final Attempts attempts;
    private final PasswordHasher passwords;
    private final Sessions sessions;
    private final LogInMetrics metrics;

    LogIn(Attempts attempts, PasswordHasher passwords, Sessions sessions, LogInMetrics metrics) {
        this.attempts = attempts;
        this.passwords = passwords;
        this.sessions = sessions;
        this.metrics = metrics;
    }

    Uni<Session> with(Login login, String address, String userAgent) {
        return sessions.isKnownAddress(login.email(), address)
                .chain(isKnown -> attempts.admit(
                        LOGIN.of(address, login.email()),
                        LOGIN_FROM_ADDRESS.of(address),
                        isKnown ? LOGIN_TO_ACCOUNT.unlimited(login.email()) : LOGIN_TO_ACCOUNT.of(login.email())))
                .chain(attempt -> judged(login, attempt))
                .call(user -> renewed(user, login.password()))
                .chain(user -> sessions.start(UserView.of(user), user.hashedPassword, userAgent, address))
                .onItem()
                .ifNull()
                .failWith(InvalidCredentials::new)
                .invoke(session -> Audit.log("login_succeeded", session.user().id()))
                .invoke(metrics::succeeded)
                .onFailure(InvalidCredentials.class)
                .invoke(metrics::refused);
    }

    private Uni<User> judged(Login login, Attempt attempt) {
        return Panache.withSession(() -> User.findByEmail(login.email()))
                .chain(user -> passwords
                        .matches(login.password(), user == null ? null : user.hashedPassword)
                        .chain(isMatch -> isMatch && !user.disabled
                                ? attempt.clears().replaceWith(user)
                                : refused(user, attempt)))
                .onFailure(failure -> !(failure instanceof InvalidCredentials))
                .call(attempt::takenBack);
    }

    private Uni<User> refused(User user, Attempt attempt) {
        Audit.log("login_failed", user == null ? null : user.id);
        return attempt.counts().chain(() -> Uni.createFrom().failure(new InvalidCredentials()));
    }

    /** A hash made at a lower cost is made anew, now that the password is at hand. */
    private Uni<Void> renewed(User user, String password) {
        return passwords.isOutdated(user.hashedPassword)
                ? passwords
                        .hash(password)
                        .call(hash -> Panache.withTransaction(() -> User.renewHash(user.id, user.hashedPassword, hash)))
                        .invoke(hash -> user.hashedPassword = hash)
                        .replaceWithVoid()
                : Uni.createFrom().voidItem();
    }
}
