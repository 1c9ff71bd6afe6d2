package dev.todo.account;

import dev.todo.auth.password.PasswordHasher;
import dev.todo.auth.ratelimit.RateLimit;
import dev.todo.auth.ratelimit.RateLimiter;
import dev.todo.user.User;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Asks users for their password again. All endpoints that ask share one rate limit, so that nobody can guess the
 * password with a stolen access token. No more attempts per user are verified at a time than may fail, so that a flood
 * of them leaves capacity for other users.
 */
@Singleton
public class CurrentPassword {

    private final RateLimiter limiter;
    private final PasswordHasher passwords;

    CurrentPassword(RateLimiter limiter, PasswordHasher passwords) {
        this.limiter = limiter;
        this.passwords = passwords;
    }

    /**
     * Returns the user if the password matches; otherwise fails with {@link WrongPassword}, or with 429 above the
     * limit.
     */
    public Uni<User> verify(UUID id, String password) {
        return limiter.admit(RateLimit.CURRENT_PASSWORD.of(id))
                .chain(attempt -> findVerified(id, password)
                        .call(attempt::cancel)
                        .onFailure(WrongPassword.class)
                        .call(attempt::count)
                        .onFailure(failure -> !(failure instanceof WrongPassword))
                        .call(attempt::cancel));
    }

    private Uni<User> findVerified(UUID id, String password) {
        return Panache.withSession(() -> User.get(id))
                .call(user -> passwords.matches(password, user.hashedPassword).invoke(isMatch -> {
                    if (!isMatch) {
                        throw new WrongPassword();
                    }
                }));
    }
}
