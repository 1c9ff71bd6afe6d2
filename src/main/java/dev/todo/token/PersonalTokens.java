package dev.todo.token;

import dev.todo.user.Scope;
import dev.todo.user.UserView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Stores personal API tokens, by their hash. Plain SQL rather than entities: each step is one statement. */
@Singleton
class PersonalTokens {

    private static final String CREATE = """
            insert into personal_tokens (id, user_id, name, hash, scopes, expires_at) values ($1, $2, $3, $4, $5, $6)
            returning id, name, scopes, expires_at, created_at, last_used_at
            """;

    private static final String OF_USER = """
            select id, name, scopes, expires_at, created_at, last_used_at from personal_tokens
            where user_id = $1 order by created_at desc, id desc
            """;

    private static final String REVOKE = "delete from personal_tokens where id = $1 and user_id = $2";

    // To the minute: a row written at every request would cost more than the request
    private static final String BEARER = """
            with used as (
                update personal_tokens set last_used_at = now()
                where hash = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')
            )
            select u.id as user_id, u.email, u.role, u.created_at, t.scopes
            from personal_tokens t join users u on u.id = t.user_id
            where t.hash = $1 and (t.expires_at is null or t.expires_at > now()) and not u.disabled
            """;

    private final Pool database;

    PersonalTokens(Pool database) {
        this.database = database;
    }

    /** Who a token speaks for, and what it may do. */
    record Bearer(UserView user, List<Scope> scopes) {}

    /** Null where the token is not known, has expired, or its user is disabled. */
    Uni<Bearer> bearerOf(PersonalToken token) {
        return database.preparedQuery(BEARER)
                .execute(Tuple.of(Buffer.buffer(token.hash())))
                .map(rows -> {
                    for (var row : rows) {
                        return new Bearer(UserView.of(row), scopes(row));
                    }
                    return null;
                });
    }

    Uni<CreatedToken> create(UUID user, NewToken wanted) {
        var token = PersonalToken.random();
        return database.preparedQuery(CREATE)
                .execute(Tuple.tuple()
                        .addUUID(UuidVersion7Strategy.INSTANCE.generateUuid(null))
                        .addUUID(user)
                        .addString(wanted.name())
                        .addValue(Buffer.buffer(token.hash()))
                        .addArrayOfString(wanted.scopes().stream()
                                .map(scope -> scope.label)
                                .toArray(String[]::new))
                        .addOffsetDateTime(
                                wanted.expiresAt() == null
                                        ? null
                                        : wanted.expiresAt().atOffset(ZoneOffset.UTC)))
                .map(rows -> CreatedToken.of(view(rows.iterator().next()), token));
    }

    /** The user's tokens, newest first. */
    Uni<List<TokenView>> of(UUID user) {
        return database.preparedQuery(OF_USER)
                .execute(Tuple.of(user))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(PersonalTokens::view)
                        .toList());
    }

    /** Revokes a token of the user; false where there is none with this id. */
    Uni<Boolean> revoke(UUID id, UUID user) {
        return database.preparedQuery(REVOKE).execute(Tuple.of(id, user)).map(rows -> rows.rowCount() > 0);
    }

    private static TokenView view(Row row) {
        return new TokenView(
                row.getUUID("id"),
                row.getString("name"),
                scopes(row),
                time(row, "expires_at"),
                time(row, "created_at"),
                time(row, "last_used_at"));
    }

    private static List<Scope> scopes(Row row) {
        return Arrays.stream(row.getArrayOfStrings("scopes")).map(Scope::of).toList();
    }

    private static Instant time(Row row, String column) {
        var time = row.get(OffsetDateTime.class, column);
        return time == null ? null : time.toInstant();
    }
}
