package dev.todo.auth.session;

import dev.todo.cleanup.StatementCleanup;
import dev.todo.config.Settings;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;

/** Removes sessions whose tokens have all expired; access tokens may outlive the refresh token. */
@Singleton
class SessionCleanup extends StatementCleanup {

    private static final String ENDED = """
            delete from sessions where id in (
                select id from sessions where expires_at < now() - interval '%d seconds'
                order by expires_at limit $1 for update skip locked)
            """;

    SessionCleanup(Pool database, Settings settings) {
        super(database, ENDED.formatted(settings.jwtExpiresIn().toSeconds()));
    }
}
