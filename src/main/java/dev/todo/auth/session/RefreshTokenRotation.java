package dev.todo.auth.session;

import dev.todo.config.Settings;
import dev.todo.observability.AuditLog;
import dev.todo.user.UserView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Replaces a session's refresh token with the next one (RFC 6749, section 6). Each is used once, as RFC 9700, section
 * 4.14.2 requires.
 */
@Singleton
public class RefreshTokenRotation {

    /** More than the rate limit allows in the grace period. Without the limit, tokens before them count as stolen. */
    private static final int MAX_SPENT = 60;

    // Only the current token is replaced. Concurrent refreshes wait for each other at the row, and see it as the
    // previous one left it. spent_at[1] is when the previous token was spent, spent_at[2] the one before, and so on.
    private static final String ROTATE = """
            update sessions s set
                generation = greatest(s.generation, $2 + 1),
                spent_at = case when s.generation > $2 then s.spent_at else now() || array(
                    select spent from unnest(s.spent_at) spent
                    where spent >= now() - interval '%1$d seconds' limit %2$d) end,
                last_used_at = now(),
                expires_at = now() + make_interval(secs => $3)
            from users u
            where s.id = $1 and s.generation >= $2 and s.expires_at > now() and u.id = s.user_id and not u.disabled
            returning u.id as user_id, u.email, u.role, u.created_at, s.generation,
                coalesce(s.spent_at[s.generation - $2] >= now() - interval '%1$d seconds', false) as is_recent
            """.formatted(RefreshToken.GRACE_SECONDS, MAX_SPENT);

    private final Pool database;
    private final Sessions sessions;
    private final RefreshTokens tokens;
    private final double lifetimeSeconds;

    RefreshTokenRotation(Pool database, Sessions sessions, RefreshTokens tokens, Settings settings) {
        this.database = database;
        this.sessions = sessions;
        this.tokens = tokens;
        this.lifetimeSeconds = settings.refreshExpiresIn().toSeconds();
    }

    /**
     * The session with its current refresh token: the next one, or, if this token was spent just now, the end of its
     * successors. So a session has one valid token, no matter how many requests refresh it at once. Fails with
     * {@link InvalidRefreshToken}.
     */
    public Uni<Session> rotate(RefreshToken token) {
        return database.preparedQuery(ROTATE)
                .execute(Tuple.of(token.session(), token.generation(), lifetimeSeconds))
                .chain(rows -> {
                    for (var row : rows) {
                        return row.getBoolean("is_recent")
                                ? Uni.createFrom().item(session(token.session(), row))
                                : endSession(token.session(), row.getUUID("user_id"));
                    }
                    throw new InvalidRefreshToken();
                });
    }

    private Session session(UUID id, Row row) {
        var current = new RefreshToken(id, row.getInteger("generation"));
        return new Session(id, UserView.of(row), tokens.write(current));
    }

    private Uni<Session> endSession(UUID id, UUID user) {
        AuditLog.log("refresh_token_reused", user);
        return sessions.end(id, user).chain(() -> Uni.createFrom().failure(InvalidRefreshToken::new));
    }
}
