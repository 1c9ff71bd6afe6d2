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
 * Asks users for their password once more. Wrong ones are counted over all calls that ask, so that who has got hold of an
 * access token does not find the password by it; and as no more of one user's are judged at a time than may be wrong, a
 * flood of them leaves room for others.
 */
@Singleton
public class CurrentPassword {

    private final RateLimiter limiter;
    private final PasswordHasher passwords;

    CurrentPassword(RateLimiter limiter, PasswordHasher passwords) {
        this.limiter = limiter;
        this.passwords = passwords;
    }

    /** The user, if the password is theirs; else fails with {@link WrongPassword}, or 429 past the limit. */
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
