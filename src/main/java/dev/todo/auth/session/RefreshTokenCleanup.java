package dev.todo.auth.session;

import dev.todo.cleanup.OrphanCleanup;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.List;

/** Removes the refresh tokens of ended sessions: one for each time that the session was refreshed. */
@Singleton
class RefreshTokenCleanup extends OrphanCleanup {

    RefreshTokenCleanup(Pool database) {
        super(database, "ended_sessions", List.of(new Owned("refresh_tokens", "session_id", "session_id")));
    }
}
