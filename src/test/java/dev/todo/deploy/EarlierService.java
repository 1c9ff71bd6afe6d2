package dev.todo.deploy;

import dev.todo.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The FastAPI service's tables in the new service's database, and the script that migrates them. */
final class EarlierService {

    private EarlierService() {}

    /** Recreates the tables with this kind of id: "integer" or "uuid". */
    static void withIds(String kind) {
        run("begin; drop schema if exists fastapi cascade; "
                + read(Path.of("src/test/resources/fastapi", kind + "-ids.sql")) + " commit");
    }

    /** Adds a user and returns the id. */
    static String user(String email, String hashedPassword) {
        return insert(
                "insert into fastapi.users (email, hashed_password) values (?, ?) returning id", email, hashedPassword);
    }

    /** Adds a task and returns its id. */
    static String task(String user, String title, String description) {
        return insert(
                "insert into fastapi.tasks (user_id, title, description)"
                        + " select id, ?, ? from fastapi.users where id::text = ? returning id",
                title,
                description,
                user);
    }

    static void run(String sql, String... values) {
        try (var connection = TestDatabase.connect();
                var statement = prepared(connection, sql, values)) {
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Migrates everything and returns the report's lines, such as "task: moved unchanged: 2". */
    static List<String> move() throws SQLException {
        try (var connection = TestDatabase.connect();
                var statement = connection.createStatement()) {
            var report = new ArrayList<String>();
            var hasRows = statement.execute(read(Path.of("deploy/migration/from-fastapi.sql")));
            while (hasRows || statement.getUpdateCount() >= 0) {
                for (var rows = statement.getResultSet(); hasRows && rows.next(); ) {
                    report.add(rows.getString("kind") + ": " + rows.getString("what") + ": " + rows.getInt("count"));
                }
                hasRows = statement.getMoreResults();
            }
            return report;
        }
    }

    private static String insert(String sql, String... values) {
        try (var connection = TestDatabase.connect();
                var statement = prepared(connection, sql, values);
                var ids = statement.executeQuery()) {
            ids.next();
            return ids.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, String... values) throws SQLException {
        var statement = connection.prepareStatement(sql);
        for (var i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
        return statement;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
