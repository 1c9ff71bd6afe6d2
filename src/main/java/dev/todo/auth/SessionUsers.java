package dev.todo.auth;

import dev.todo.user.UserView;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the users of sessions, as they are when they are asked for. Those that are asked for in one turn of an event loop
 * are found by one statement: many requests at a time need few, and none waits for another.
 */
@Singleton
class SessionUsers {

    // The array is selected so that the planner does not see it, or it would plan anew for short ones
    private static final String BY_SESSION = """
            select s.id as session_id, u.id as user_id, u.email, u.role, u.created_at
            from sessions s join users u on u.id = s.user_id
            where s.id = any ((select $1::uuid[])::uuid[]) and not u.disabled
            """;

    // The pool and not a Hibernate session: before the resource method there is no session, nor a place to close one
    private final Pool database;
    private final VertxInternal vertx;
    private final ThreadLocal<Turn> latest = new ThreadLocal<>();

    SessionUsers(Pool database, Vertx vertx) {
        this.database = database;
        this.vertx = (VertxInternal) vertx;
    }

    /** Null where the session is over, or its user gone or disabled. */
    Uni<UserView> userOf(UUID session) {
        var context = vertx.getOrCreateContext();
        var turn = latest.get();
        if (turn == null || !turn.takes(session)) {
            turn = new Turn(session);
            latest.set(turn);
            context.unwrap().runOnContext(turn::end);
        }
        return answer(turn).emitOn(MutinyHelper.executor(context)).map(users -> users.get(session));
    }

    /** Not of the stage itself: a request that is given up would cancel it for all others. */
    private static Uni<Map<UUID, UserView>> answer(Turn turn) {
        return Uni.createFrom()
                .emitter(request -> turn.users.whenComplete((users, failure) -> {
                    if (failure == null) {
                        request.complete(users);
                    } else {
                        request.fail(failure);
                    }
                }));
    }

    private class Turn {

        final CompletableFuture<Map<UUID, UserView>> users = new CompletableFuture<>();
        private final Set<UUID> sessions = new HashSet<>();
        private boolean isOver;

        Turn(UUID first) {
            sessions.add(first);
        }

        /** False where the statement is under way: it may not see what is asked for now as it is now. */
        synchronized boolean takes(UUID session) {
            if (!isOver) {
                sessions.add(session);
            }
            return !isOver;
        }

        synchronized void end(Void now) {
            isOver = true;
            database.preparedQuery(BY_SESSION)
                    .execute(Tuple.of(sessions.toArray(UUID[]::new)))
                    .map(SessionUsers::users)
                    .subscribe()
                    .with(users::complete, users::completeExceptionally);
        }
    }

    private static Map<UUID, UserView> users(RowSet<Row> rows) {
        var users = new HashMap<UUID, UserView>();
        rows.forEach(row -> users.put(row.getUUID("session_id"), UserView.of(row)));
        return users;
    }
}
