package dev.todo.auth.session;

import dev.todo.config.Settings;
import dev.todo.observability.AuditLog;
import dev.todo.user.UserView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Replaces a session's refresh token with the next one (RFC 6749, section 6). Each is used once, as RFC 9700, section
 * 4.14.2 requires.
 */
@Singleton
public class RefreshTokenRotation {

    /**
     * A spent token that is reused within this time means a lost response or a second tab; later, it means a stolen
     * copy.
     */
    private static final double GRACE_SECONDS = 10;

    private static final String SESSION = "select session_id from refresh_tokens where hash = $1";

    private static final String FIND = """
            select t.spent_at is not null as is_spent, now() - t.spent_at <= make_interval(secs => $2) as is_recent,
                   t.successor, s.id as session_id, u.id as user_id, u.email, u.role, u.created_at
            from refresh_tokens t
            join sessions s on s.id = t.session_id
            join users u on u.id = s.user_id
            where t.hash = $1 and s.expires_at > now() and not u.disabled
            for update of s, t
            """;

    private static final String ROTATE = """
            with spent as (
                update refresh_tokens set spent_at = now(), successor = $3 where hash = $2
            ), token as (
                insert into refresh_tokens (hash, session_id) values ($4, $1)
            )
            update sessions set last_used_at = now(), expires_at = now() + make_interval(secs => $5) where id = $1
            """;

    private static final String END = "delete from sessions where id = $1";

    private final Pool database;
    private final double lifetimeSeconds;

    RefreshTokenRotation(Pool database, Settings settings) {
        this.database = database;
        this.lifetimeSeconds = settings.refreshExpiresIn().toSeconds();
    }

    /** The id of the session of a refresh token; fails with {@link InvalidRefreshToken}. */
    public Uni<UUID> sessionOf(String refreshToken) {
        return parse(refreshToken)
                .chain(token -> database.preparedQuery(SESSION).execute(Tuple.of(token.hash())))
                .map(rows -> {
                    for (var row : rows) {
                        return row.getUUID("session_id");
                    }
                    throw new InvalidRefreshToken();
                });
    }

    /** The session with the next refresh token; fails with {@link InvalidRefreshToken}. */
    public Uni<Session> rotate(String refreshToken) {
        return parse(refreshToken)
                .chain(token -> database.withTransaction(connection -> findSuccessor(connection, token, true)))
                // Outside the transaction, which has to commit the end of a session whose token was copied
                .onItem()
                .ifNull()
                .failWith(InvalidRefreshToken::new);
    }

    private static Uni<RefreshToken> parse(String refreshToken) {
        return Uni.createFrom().item(() -> RefreshToken.parse(refreshToken).orElseThrow(InvalidRefreshToken::new));
    }

    /**
     * The successor of a valid token. For one that was spent just now, it is the valid token at the end of its
     * successors: so a session has one valid token, no matter how many requests refresh it at once.
     */
    private Uni<Session> findSuccessor(SqlConnection connection, RefreshToken token, boolean rotate) {
        return connection
                .preparedQuery(FIND)
                .execute(Tuple.of(token.hash(), GRACE_SECONDS))
                .chain(rows -> {
                    for (var row : rows) {
                        if (!row.getBoolean("is_spent")) {
                            return rotate
                                    ? replaceToken(connection, token, row)
                                    : Uni.createFrom().item(session(row, token));
                        }
                        return row.getBoolean("is_recent")
                                ? findSuccessor(connection, token.unseal(row.get(Buffer.class, "successor")), false)
                                : endSession(connection, row);
                    }
                    return Uni.createFrom().nullItem();
                });
    }

    private Uni<Session> replaceToken(SqlConnection connection, RefreshToken token, Row row) {
        var next = RefreshToken.random();
        return connection
                .preparedQuery(ROTATE)
                .execute(Tuple.of(
                        row.getUUID("session_id"), token.hash(), token.seal(next), next.hash(), lifetimeSeconds))
                .replaceWith(session(row, next));
    }

    private static Uni<Session> endSession(SqlConnection connection, Row row) {
        AuditLog.log("refresh_token_reused", row.getUUID("user_id"));
        return connection
                .preparedQuery(END)
                .execute(Tuple.of(row.getUUID("session_id")))
                .replaceWith((Session) null);
    }

    private static Session session(Row row, RefreshToken token) {
        return new Session(row.getUUID("session_id"), UserView.of(row), token.text());
    }
}
