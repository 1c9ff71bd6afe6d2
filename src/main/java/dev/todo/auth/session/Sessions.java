package dev.todo.auth.session;

import dev.todo.config.Settings;
import dev.todo.user.UserView;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.hibernate.id.uuid.UuidVersion7Strategy;

/** Starts, lists and ends sessions. Plain SQL rather than entities: each step is one statement. */
@Singleton
public class Sessions {

    private static final int MAX_USER_AGENT_LENGTH = 255;

    private static final int MAX_SESSIONS = 100;
    private static final int MAX_ADDRESSES = 1000;

    /** More than a log-in adds. If there are more from before there were limits, several log-ins remove them. */
    private static final int BATCH_SIZE = 1000;

    // Changes nothing if the password was changed, or the user disabled, since the password was verified. Log-ins of
    // one user wait for each other here, so that the next statement sees all earlier sessions.
    private static final String LOG_IN =
            "update users set last_login_at = now() where id = $1 and hashed_password = $2 and not disabled";

    private static final String START = """
            with surplus as (
                delete from sessions where id = any (array(
                    select id from sessions where user_id = $2 and expires_at > now()
                    order by created_at desc, id desc offset %1$d - 1 limit %3$d))
            ), forgotten as (
                delete from known_addresses where user_id = $2 and address <> $5::varchar and address = any (array(
                    select address from known_addresses where user_id = $2 and address <> $5::varchar
                    order by last_used_at desc offset %2$d - 1 limit %3$d))
            ), place as (
                insert into known_addresses (user_id, address) values ($2, $5::varchar)
                on conflict (user_id, address) do update set last_used_at = now()
            )
            insert into sessions (id, user_id, user_agent, expires_at)
            values ($1, $2, $3, now() + make_interval(secs => $4))
            """.formatted(MAX_SESSIONS, MAX_ADDRESSES, BATCH_SIZE);

    private static final String IS_KNOWN = """
            select exists (
                select from known_addresses k join users u on u.id = k.user_id where u.email = $1 and k.address = $2
            )
            """;

    private static final String OF_USER = """
            select id, created_at, last_used_at, expires_at, user_agent from sessions
            where user_id = $1 and expires_at > now() order by created_at desc, id desc limit %d
            """.formatted(MAX_SESSIONS);

    private static final String END = "delete from sessions where id = $1 and user_id = $2";

    // In batches: there may be very many from before there was a limit
    private static final String END_OTHERS = """
            delete from sessions where id = any (array(
                select id from sessions where user_id = $1 and id <> $2 limit %d))
            """.formatted(BATCH_SIZE);

    private static final String END_BY_TOKEN = "delete from sessions where id = $1 returning user_id";

    private static final String REPLACE_PASSWORD =
            "update users set hashed_password = $3 where id = $1 and hashed_password = $2";

    private final Pool database;
    private final RefreshTokens tokens;
    private final double lifetimeSeconds;

    Sessions(Pool database, RefreshTokens tokens, Settings settings) {
        this.database = database;
        this.tokens = tokens;
        this.lifetimeSeconds = settings.refreshExpiresIn().toSeconds();
    }

    /** Whether the user with this e-mail address has logged in from this address before. */
    public Uni<Boolean> isKnownAddress(String email, String address) {
        return database.preparedQuery(IS_KNOWN)
                .execute(Tuple.of(email, address))
                .map(rows -> rows.iterator().next().getBoolean(0));
    }

    /**
     * Starts a session, and remembers when and from where; null if the password was changed meanwhile. If the user has
     * 100 sessions, the oldest ends.
     */
    public Uni<Session> start(UserView user, String hashedPassword, String userAgent, String address) {
        var id = UuidVersion7Strategy.INSTANCE.generateUuid(null);
        var token = tokens.write(new RefreshToken(id, 0));
        return database.withTransaction(connection -> connection
                .preparedQuery(LOG_IN)
                .execute(Tuple.of(user.id(), hashedPassword))
                .chain(users -> users.rowCount() == 0
                        ? Uni.createFrom().nullItem()
                        : connection
                                .preparedQuery(START)
                                .execute(Tuple.of(id, user.id(), truncate(userAgent), lifetimeSeconds, address))
                                .replaceWith(new Session(id, user, token))));
    }

    /** The user's current sessions, newest first. */
    Uni<List<SessionView>> list(UUID user, UUID current) {
        return database.preparedQuery(OF_USER)
                .execute(Tuple.of(user))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> view(row, current))
                        .toList());
    }

    /** Ends a session of the user; returns false if there is none with this id. */
    public Uni<Boolean> end(UUID session, UUID user) {
        return database.preparedQuery(END).execute(Tuple.of(session, user)).map(rows -> rows.rowCount() > 0);
    }

    /**
     * Ends the session of a refresh token, even of a spent one, and returns its user's id; null if the session has
     * ended already. Fails with {@link InvalidRefreshToken}.
     */
    public Uni<UUID> endByToken(String refreshToken) {
        return tokens.read(refreshToken)
                .chain(token -> database.preparedQuery(END_BY_TOKEN).execute(Tuple.of(token.session())))
                .map(Sessions::user);
    }

    /** Ends all sessions of the user except the current one. */
    public Uni<Void> endOthers(UUID user, UUID current) {
        return endOthers(database, user, current);
    }

    private static Uni<Void> endOthers(SqlClient client, UUID user, UUID current) {
        return client.preparedQuery(END_OTHERS)
                .execute(Tuple.of(user, current))
                .chain(ended ->
                        ended.rowCount() < BATCH_SIZE ? Uni.createFrom().voidItem() : endOthers(client, user, current));
    }

    /**
     * Replaces the password hash and ends all sessions of the user except the current one. If the password was changed
     * meanwhile, does neither and returns false.
     */
    public Uni<Boolean> replacePassword(UUID user, String outdated, String hash, UUID current) {
        return database.withTransaction(connection -> connection
                .preparedQuery(REPLACE_PASSWORD)
                .execute(Tuple.of(user, outdated, hash))
                // A separate statement: it also sees a session that began while the first statement waited for that
                // log-in
                .chain(replaced -> replaced.rowCount() == 0
                        ? Uni.createFrom().item(false)
                        : endOthers(connection, user, current).replaceWith(true)));
    }

    private static SessionView view(Row row, UUID current) {
        return new SessionView(
                row.getUUID("id"),
                time(row, "created_at"),
                time(row, "last_used_at"),
                time(row, "expires_at"),
                row.getString("user_agent"),
                row.getUUID("id").equals(current));
    }

    private static UUID user(RowSet<Row> rows) {
        for (var row : rows) {
            return row.getUUID("user_id");
        }
        return null;
    }

    private static Instant time(Row row, String column) {
        return row.get(OffsetDateTime.class, column).toInstant();
    }

    private static String truncate(String userAgent) {
        return userAgent == null || userAgent.length() <= MAX_USER_AGENT_LENGTH
                ? userAgent
                : userAgent.substring(0, MAX_USER_AGENT_LENGTH);
    }
}
