package dev.todo.auth.session;

import dev.todo.digest.Sha256;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

/**
 * Finds refresh tokens of earlier versions: 32 random bytes, whose SHA-256 is in the table refresh_tokens. They still
 * work; the next refresh replaces them. A later release deletes them: docs/decisions/0020-refresh-tokens.md.
 */
@Singleton
class LegacyRefreshTokens {

    static final int LENGTH = 32;

    // The token that was valid when the service was upgraded is the session's first. Generation -1 was spent long ago.
    private static final String FIND = """
            select session_id, case when spent_at < now() - interval '%d seconds' then -1 else 0 end as generation
            from refresh_tokens where hash = $1
            """.formatted(RefreshToken.GRACE_SECONDS);

    private final Pool database;

    LegacyRefreshTokens(Pool database) {
        this.database = database;
    }

    Uni<RefreshToken> find(byte[] token) {
        return database.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(Sha256.of(token))))
                .map(rows -> {
                    for (var row : rows) {
                        return new RefreshToken(row.getUUID("session_id"), row.getInteger("generation"));
                    }
                    throw new InvalidRefreshToken();
                });
    }
}
