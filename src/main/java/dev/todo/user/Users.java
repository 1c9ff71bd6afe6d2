package dev.todo.user;

import dev.todo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Changes and deletes users, and makes sure that one enabled administrator remains. Changes that remove an
 * administrator are serialized by an advisory lock; the only row they lock is that of the changed user.
 */
@Singleton
public class Users {

    /**
     * Held by transactions that add or remove administrators. Count administrators in a later statement than this one.
     */
    public static final String LOCK_ADMINISTRATORS = "select pg_advisory_xact_lock(1633906798)";

    private static final String OR_ANOTHER_ADMINISTRATOR =
            " or exists (select from users other where other.role = 'admin' and not other.disabled and other.id <> $1)";

    private static final String CHANGE = """
            update users set role = coalesce($2::varchar, role), disabled = coalesce($3::boolean, disabled)
            where id = $1
              and (role <> 'admin' or disabled
                   or coalesce($2::varchar, role) = 'admin' and not coalesce($3::boolean, disabled)%s)
            returning role, disabled
            """;

    private static final String DELETE =
            "delete from users where id = $1 and (role <> 'admin' or disabled%s) returning role, disabled";

    private static final String EXISTS = "select exists (select from users where id = $1)";

    private final Pool database;

    Users(Pool database) {
        this.database = database;
    }

    /** The part of a user's state that administrators can change. */
    public record State(Role role, boolean disabled) {

        private static State of(Row row) {
            return new State(Role.of(row.getString("role")), row.getBoolean("disabled"));
        }
    }

    /**
     * Sets the values that are not null and returns the user's new state. Fails with 404 if there is no such user, and
     * with {@link LastAdmin} if no enabled administrator would remain.
     */
    public Uni<State> change(UUID id, Role role, Boolean disabled) {
        return execute(CHANGE, Tuple.of(id, role == null ? null : role.label, disabled));
    }

    /**
     * Deletes a user. The time does not depend on how much data the user has: all of it becomes unreachable
     * immediately, and the cleanup removes it later. Fails as {@link #change} does.
     */
    public Uni<Void> delete(UUID id) {
        return execute(DELETE, Tuple.of(id)).replaceWithVoid();
    }

    private Uni<State> execute(String statement, Tuple parameters) {
        return database.preparedQuery(statement.formatted(""))
                .execute(parameters)
                .map(Users::state)
                .onItem()
                .ifNull()
                .switchTo(() -> database.withTransaction(
                        connection -> executeUnlessLastAdmin(connection, statement, parameters)));
    }

    private static Uni<State> executeUnlessLastAdmin(SqlConnection connection, String statement, Tuple parameters) {
        return connection
                .query(LOCK_ADMINISTRATORS)
                .execute()
                .chain(() -> connection
                        .preparedQuery(statement.formatted(OR_ANOTHER_ADMINISTRATOR))
                        .execute(parameters))
                .map(Users::state)
                .onItem()
                .ifNull()
                .switchTo(() -> explainRefusal(connection, parameters.getUUID(0)));
    }

    private static Uni<State> explainRefusal(SqlConnection connection, UUID id) {
        return connection.preparedQuery(EXISTS).execute(Tuple.of(id)).map(rows -> {
            throw rows.iterator().next().getBoolean(0) ? new LastAdmin() : Refusal.notFound();
        });
    }

    private static State state(RowSet<Row> rows) {
        for (var row : rows) {
            return State.of(row);
        }
        return null;
    }
}
