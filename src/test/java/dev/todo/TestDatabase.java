package dev.todo;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

/** Changes in the service's database that no client can make. */
public final class TestDatabase {

    private TestDatabase() {}

    public static void disable(TodoClient user) {
        execute("update users set disabled = true where email = ?", user.email());
    }

    public static void makeAdmin(TodoClient user) {
        execute("update users set role = 'admin' where email = ?", user.email());
    }

    public static void remove(TodoClient user) {
        execute("delete from users where email = ?", user.email());
    }

    public static void expireTokens(TodoClient user) {
        execute("update personal_tokens set expires_at = now() where user_id = ?::uuid", user.id());
    }

    /** Inserts a user as the earlier service stored it. */
    public static void insertUser(String email, String hashedPassword) {
        insertUser(UUID.randomUUID(), email, hashedPassword);
    }

    public static void insertUser(UUID id, String email, String hashedPassword) {
        execute("insert into users (id, email, hashed_password) values (?, ?, ?)", id, email, hashedPassword);
    }

    /** A task of the user that was deleted that many days ago. */
    public static String deletedTask(TodoClient user, int days) {
        var task = user.add("Buy milk");
        user.delete(task);
        execute(
                "update tasks set deleted_at = now() - make_interval(days => " + days + ") where id = cast(? as uuid)",
                task);
        return task;
    }

    /** Leaves the task as if another program had inserted it. */
    public static void forgetTerms(String task) {
        execute("update tasks set terms = null where id = cast(? as uuid)", task);
    }

    /** Moves the first use of the idempotency key back by that many hours. */
    public static void backdateKey(String key, int hours) {
        execute(
                "update idempotency_keys set created_at = now() - make_interval(hours => " + hours + ") where key = ?",
                key);
    }

    /** Whether the task's row exists, even in the trash. */
    public static boolean hasTask(String id) {
        return text("select exists (select from tasks where id = cast(? as uuid))", id)
                .equals("t");
    }

    /** Removes hashes that slow down every failed log-in; few tests need one. */
    public static void removeCostlyHashes() {
        executeAny("delete from users where substr(hashed_password, 5, 2) in ('11', '12')");
    }

    /** Makes any other change to exactly one row, such as changing its time. */
    public static void execute(String sql, Object... values) {
        if (executeAny(sql, values) != 1) {
            throw new IllegalStateException("Not exactly one row: " + sql);
        }
    }

    /** Makes any other change and returns the number of rows changed. */
    public static int executeAny(String sql, Object... values) {
        try (var connection = connect();
                var statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The text in the first column of the only row. */
    public static String text(String sql, Object... values) {
        try (var connection = connect();
                var statement = prepared(connection, sql, values);
                var rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    public static Connection connect() throws SQLException {
        var url = URI.create(System.getProperty("DATABASE_URL"));
        var user = url.getRawUserInfo().split(":", 2);
        var properties = new Properties();
        properties.setProperty("user", decoded(user[0]));
        properties.setProperty("password", user.length == 2 ? decoded(user[1]) : "");
        // No prepared statements that outlive a transaction, because PgBouncer may be in between.
        properties.setProperty("prepareThreshold", "0");
        var port = url.getPort() < 0 ? 5432 : url.getPort();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + port + url.getRawPath(), properties);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
