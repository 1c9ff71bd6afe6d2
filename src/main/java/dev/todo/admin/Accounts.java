package dev.todo.admin;

import dev.todo.http.Cursor;
import dev.todo.http.Query;
import dev.todo.http.Rfc3339;
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

/** Reads users as administrators see them, with the number of their tasks: one statement for a page. */
@Singleton
class Accounts {

    private static final String PAGE = """
            select u.id, u.email, u.role, u.created_at, u.disabled, u.last_login_at,
                   (select count(*) from tasks t where t.user_id = u.id and t.deleted_at is null) as task_count
            from users u
            where ($1::uuid is null or u.id = $1)
              and ($2::text is null or position(lower($2) in u.email) > 0)
              and ($3::text is null or u.role = $3)
              and ($4::boolean is null or u.disabled = $4)
              and ($5::timestamptz is null or (u.created_at, u.id) < ($5, $6::uuid))
            order by u.created_at desc, u.id desc
            limit $7
            """;

    private final Pool database;

    Accounts(Pool database) {
        this.database = database;
    }

    /** Which users a list is to have, and where its page begins. */
    record Filter(String scope, String text, String role, Boolean disabled, Instant lastCreatedAt, UUID lastId) {

        static Filter of(Query query) {
            var text = query.text("q").orElse(null);
            var role = query.read("role", Role::of).map(known -> known.label).orElse(null);
            var disabled = query.flag("disabled").orElse(null);
            var scope = "users " + text + " " + role + " " + disabled;
            var keys = query.read("cursor", cursor -> Cursor.keys(scope, cursor));
            return new Filter(
                    scope,
                    text,
                    role,
                    disabled,
                    query.read("cursor", cursor -> createdAt(keys.get())).orElse(null),
                    query.read("cursor", cursor -> id(keys.get())).orElse(null));
        }

        private static Instant createdAt(List<String> keys) {
            return Rfc3339.parse(keys.get(0));
        }

        private static UUID id(List<String> keys) {
            return UUID.fromString(keys.get(1));
        }

        String cursorAfter(AccountView last) {
            return Cursor.after(
                    scope, Rfc3339.format(last.createdAt()), last.id().toString());
        }
    }

    Uni<List<AccountView>> page(Filter filter, int limit) {
        return read(Tuple.tuple()
                .addUUID(null)
                .addString(filter.text)
                .addString(filter.role)
                .addBoolean(filter.disabled)
                .addOffsetDateTime(filter.lastCreatedAt == null ? null : filter.lastCreatedAt.atOffset(ZoneOffset.UTC))
                .addUUID(filter.lastId)
                .addInteger(limit));
    }

    Uni<Optional<AccountView>> find(UUID id) {
        return read(Tuple.tuple()
                        .addUUID(id)
                        .addString(null)
                        .addString(null)
                        .addBoolean(null)
                        .addOffsetDateTime(null)
                        .addUUID(null)
                        .addInteger(1))
                .map(found -> found.stream().findFirst());
    }

    private Uni<List<AccountView>> read(Tuple parameters) {
        return database.preparedQuery(PAGE)
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
