package dev.todo.auth.accesstoken;

import dev.todo.database.BatchedLookup;
import dev.todo.user.UserView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Finds the users of sessions, as they are when they are requested. */
@Singleton
class SessionUserLookup {

    // For each session, because the planner expects an array to be long and would read the whole table of users.
    // Selecting the array hides it from the planner, which would make a new plan for each short array
    private static final String BY_SESSION = """
            select wanted.id as session_id, found.*
            from unnest((select $1::uuid[])) as wanted (id) cross join lateral (
                select u.id as user_id, u.email, u.role, u.created_at
                from sessions s join users u on u.id = s.user_id
                where s.id = wanted.id and not u.disabled
                offset 0) found
            """;

    // The pool, not a Hibernate session: before the resource method there is no session, and no place to close one
    private final Pool database;
    private final BatchedLookup<UUID, UserView> users;

    SessionUserLookup(Pool database, Vertx vertx) {
        this.database = database;
        this.users = new BatchedLookup<>(vertx, this::findAll);
    }

    /** Null if the session has ended, or its user was deleted or disabled. */
    Uni<UserView> find(UUID session) {
        return users.find(session);
    }

    private Uni<Map<UUID, UserView>> findAll(Set<UUID> sessions) {
        return database.preparedQuery(BY_SESSION)
                .execute(Tuple.of(sessions.toArray(UUID[]::new)))
                .map(SessionUserLookup::users);
    }

    private static Map<UUID, UserView> users(RowSet<Row> rows) {
        var users = new HashMap<UUID, UserView>();
        rows.forEach(row -> users.put(row.getUUID("session_id"), UserView.of(row)));
        return users;
    }
}
