package dev.todo.account;

import dev.todo.http.json.Rfc3339;
import dev.todo.http.paging.Cursor;
import dev.todo.http.paging.Paging;
import dev.todo.http.query.QueryReader;
import dev.todo.task.HiddenTasks;
import dev.todo.user.Role;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads users and their task counts for administrators, with one statement per page. */
@Singleton
class Accounts {

    private static final String SELECT = """
            select u.id, u.email, u.role, u.created_at, u.disabled, u.last_login_at,
                   (select count(*) from %s where user_id = u.id and deleted_at is null) as task_count
            from users u
            """.formatted(HiddenTasks.VISIBLE);

    private static final String BY_ID = SELECT + "where u.id = $1";

    private static final String PAGE = SELECT + """
            where ($1::text is null or position(lower($1) in u.email) > 0)
              and ($2::text is null or u.role = $2)
              and ($3::boolean is null or u.disabled = $3)
              %s
            order by u.created_at desc, u.id desc
            limit $4
            """;

    private static final String FIRST_PAGE = PAGE.formatted("");
    private static final String NEXT_PAGE = PAGE.formatted("and (u.created_at, u.id) < ($5, $6)");

    private final Pool database;

    Accounts(Pool database) {
        this.database = database;
    }

    /** The position of the last user on a page. */
    record Position(Instant createdAt, UUID id) {

        private static Position of(Cursor.Keys keys) {
            return new Position(keys.time(), keys.id());
        }

        private OffsetDateTime time() {
            return createdAt.atOffset(ZoneOffset.UTC);
        }
    }

    /** Which users to list, and where the page starts. */
    record Filter(String scope, String text, String role, Boolean disabled, Optional<Position> after) {

        static Filter of(UserListQuery query) {
            var role = query.role() == null ? null : query.role().label;
            var scope = "users " + query.q() + " " + role + " " + query.disabled();
            var after =
                    QueryReader.read(Paging.CURSOR, query.cursor(), cursor -> Cursor.read(scope, cursor, Position::of));
            return new Filter(scope, query.q(), role, query.disabled(), after);
        }

        String cursorAfter(AccountView last) {
            return Cursor.after(
                    scope, Rfc3339.format(last.createdAt()), last.id().toString());
        }
    }

    Uni<List<AccountView>> page(Filter filter, int limit) {
        var parameters = Tuple.of(filter.text, filter.role, filter.disabled, limit);
        return filter.after
                .map(last -> read(
                        NEXT_PAGE, parameters.addOffsetDateTime(last.time()).addUUID(last.id)))
                .orElseGet(() -> read(FIRST_PAGE, parameters));
    }

    Uni<Optional<AccountView>> find(UUID id) {
        return read(BY_ID, Tuple.of(id)).map(found -> found.stream().findFirst());
    }

    private Uni<List<AccountView>> read(String statement, Tuple parameters) {
        return database.preparedQuery(statement)
                .execute(parameters)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(Accounts::view)
                        .toList());
    }

    private static AccountView view(Row row) {
        var lastLogin = row.get(OffsetDateTime.class, "last_login_at");
        return new AccountView(
                row.getUUID("id"),
                row.getString("email"),
                Role.of(row.getString("role")),
                row.get(OffsetDateTime.class, "created_at").toInstant(),
                row.getBoolean("disabled"),
                lastLogin == null ? null : lastLogin.toInstant(),
                row.getLong("task_count"));
    }
}
