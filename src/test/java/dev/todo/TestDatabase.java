package dev.todo;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** What no client may do, done to the service's database behind its back. */
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

    /** A user as the earlier service left them. */
    public static void insertUser(String email, String hashedPassword) {
        execute(
                "insert into users (id, email, hashed_password) values (gen_random_uuid(), ?, ?)",
                email,
                hashedPassword);
    }

    private static void execute(String sql, String... values) {
        try (var connection = connect();
                var statement = connection.prepareStatement(sql)) {
            for (var i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("Not exactly one row: " + sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Connection connect() throws SQLException {
        var url = URI.create(System.getProperty("DATABASE_URL"));
        var user = url.getRawUserInfo().split(":", 2);
        var properties = new Properties();
        properties.setProperty("user", decoded(user[0]));
        properties.setProperty("password", user.length == 2 ? decoded(user[1]) : "");
        // No prepared statements that outlive a transaction: there may be PgBouncer in between.
        properties.setProperty("prepareThreshold", "0");
        var port = url.getPort() < 0 ? 5432 : url.getPort();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + url.getHost() + ":" + port + url.getRawPath(), properties);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
