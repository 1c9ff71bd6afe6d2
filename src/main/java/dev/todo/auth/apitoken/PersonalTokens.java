package dev.todo.auth.apitoken;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.todo.database.BatchedLookup;
import dev.todo.database.OutcomeUnknown;
import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;
import dev.todo.user.Scope;
import dev.todo.user.UserView;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Stores personal API tokens by their hash. Plain SQL rather than entities: each step is one statement. */
@Singleton
class PersonalTokens {

    private static final int MAX_TOKENS = 100;

    // Waits for other creations by this user, and for changes of the account's owner: the next statements see their
    // results
    private static final String LOCK_USER = "select from users where id = $1 and not disabled for no key update";

    private static final String SESSION_HOLDS = "select from sessions where id = $1 and user_id = $2";

    // Expired tokens stay listed, so that users see why a script stopped, until a new token needs the place
    private static final String REPLACE_EXPIRED = """
            delete from personal_tokens where id = any (array(
                select id from personal_tokens where user_id = $1 and expires_at <= now() limit 1000))
            and %d <= (select count(*) from (select from personal_tokens where user_id = $1 limit %<d) counted)
            """.formatted(MAX_TOKENS);

    private static final String CREATE = """
            insert into personal_tokens (id, user_id, name, hash, scopes, expires_at)
            select $1, $2, $3, $4, $5, $6
            where %d > (select count(*) from (select from personal_tokens where user_id = $2 limit %<d) counted)
            returning id, name, scopes, expires_at, created_at, last_used_at
            """.formatted(MAX_TOKENS);

    private static final String OF_USER = """
            select id, name, scopes, expires_at, created_at, last_used_at from personal_tokens
            where user_id = $1 order by created_at desc, id desc limit %d
            """.formatted(MAX_TOKENS);

    private static final String REVOKE = "delete from personal_tokens where id = $1 and user_id = $2";

    // Accurate to the minute: writing a row at every request would cost more than the request. Rows that another
    // look-up is writing are skipped, because two look-ups could deadlock. For the rest, see SessionUserLookup.
    private static final String BEARERS = """
            with used as (
                update personal_tokens set last_used_at = now()
                where id in (
                    select id from personal_tokens where hash = any ((select $1::bytea[])::bytea[])
                    and (last_used_at is null or last_used_at < now() - interval '1 minute')
                    for update skip locked
                )
            )
            select wanted.hash, found.*
            from unnest((select $1::bytea[])) as wanted (hash) cross join lateral (
                select u.id as user_id, u.email, u.role, u.created_at, t.scopes
                from personal_tokens t join users u on u.id = t.user_id
                where t.hash = wanted.hash and (t.expires_at is null or t.expires_at > now()) and not u.disabled
                offset 0) found
            """;

    private static final int OWNER_CACHE_SIZE = 2_000;

    private final Pool database;
    private final BatchedLookup<Buffer, Bearer> bearers;

    // Does not say whether the token is still valid
    private final Cache<Buffer, UUID> owners =
            Caffeine.newBuilder().maximumSize(OWNER_CACHE_SIZE).build();

    PersonalTokens(Pool database, Vertx vertx) {
        this.database = database;
        this.bearers = new BatchedLookup<>(vertx, this::findBearers);
    }

    /** The user and the scopes of a token. */
    record Bearer(UserView user, List<Scope> scopes) {}

    /** Null if the token is unknown or expired, or its user is disabled. */
    Uni<Bearer> findBearer(PersonalToken token) {
        return bearers.find(Buffer.buffer(token.hash()));
    }

    /** The owner of the token when it was last used; empty if that is not cached. */
    Optional<UUID> lastKnownOwner(PersonalToken token) {
        return Optional.ofNullable(owners.getIfPresent(Buffer.buffer(token.hash())));
    }

    private Uni<Map<Buffer, Bearer>> findBearers(Set<Buffer> hashes) {
        return OutcomeUnknown.ignoredBy(
                        database.preparedQuery(BEARERS).execute(Tuple.of(hashes.toArray(Buffer[]::new))))
                .map(rows -> {
                    var found = new HashMap<Buffer, Bearer>();
                    for (var row : rows) {
                        var bearer = new Bearer(UserView.of(row), scopes(row));
                        found.put(row.get(Buffer.class, "hash"), bearer);
                        owners.put(row.get(Buffer.class, "hash"), bearer.user().id());
                    }
                    return found;
                });
    }

    /**
     * Creates a token. Fails with 409 if the user has 100 tokens, and with 401 if the requesting session has ended
     * meanwhile.
     */
    Uni<CreateTokenResponse> create(UUID user, UUID session, CreateTokenRequest wanted) {
        var token = PersonalToken.random();
        return database.withTransaction(connection -> connection
                        .preparedQuery(LOCK_USER)
                        .execute(Tuple.of(user))
                        .chain(() -> connection.preparedQuery(SESSION_HOLDS).execute(Tuple.of(session, user)))
                        .invoke(PersonalTokens::requireSession)
                        .chain(() -> connection.preparedQuery(REPLACE_EXPIRED).execute(Tuple.of(user)))
                        .chain(() -> connection.preparedQuery(CREATE).execute(parameters(user, wanted, token))))
                .map(PersonalTokens::views)
                .map(created -> CreateTokenResponse.of(
                        created.stream().findFirst().orElseThrow(PersonalTokens::tooMany), token));
    }

    private static Tuple parameters(UUID user, CreateTokenRequest wanted, PersonalToken token) {
        return Tuple.tuple()
                .addUUID(UuidVersion7Strategy.INSTANCE.generateUuid(null))
                .addUUID(user)
                .addString(wanted.name())
                .addValue(Buffer.buffer(token.hash()))
                .addArrayOfString(
                        wanted.scopes().stream().map(scope -> scope.label).toArray(String[]::new))
                .addOffsetDateTime(
                        wanted.expiresAt() == null ? null : wanted.expiresAt().atOffset(ZoneOffset.UTC));
    }

    private static void requireSession(RowSet<Row> sessions) {
        if (sessions.size() == 0) {
            throw Refusal.unauthenticated();
        }
    }

    private static Refusal tooMany() {
        return new Refusal(ErrorCode.TOO_MANY_TOKENS, "You already have 100 personal tokens. Revoke one first.");
    }

    /** The user's tokens, newest first; at most 100, even if there are more from before there was a limit. */
    Uni<List<TokenView>> of(UUID user) {
        return database.preparedQuery(OF_USER).execute(Tuple.of(user)).map(PersonalTokens::views);
    }

    /** Revokes a token of the user; returns false if there is none with this id. */
    Uni<Boolean> revoke(UUID id, UUID user) {
        return database.preparedQuery(REVOKE).execute(Tuple.of(id, user)).map(rows -> rows.rowCount() > 0);
    }

    private static List<TokenView> views(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(PersonalTokens::view)
                .toList();
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
