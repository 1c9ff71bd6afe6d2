package dev.todo.database;

import dev.todo.config.DatabaseUrl;
import dev.todo.config.InvalidSetting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Checks the database at startup, before anything else uses it. */
public final class MigrationCheck {

    private static final String IS_MIGRATED = "select from flyway_schema_history where version = ? and success";

    // Only migrations that run outside a transaction leave these rows, and they can run again. Flyway would wait for
    // someone to "repair" them.
    private static final String FORGET_FAILED = "delete from flyway_schema_history where not success";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private MigrationCheck() {}

    /**
     * Whether the database has all migrations; a failed one will be tried again. Waits up to 30 seconds for a database
     * that is still starting; throws {@link InvalidSetting} if no connection can be made.
     */
    public static boolean isMigrated(DatabaseUrl database) {
        var end = Instant.now().plus(TIMEOUT);
        while (true) {
            try (var connection = DriverManager.getConnection(database.jdbc(), database.user(), database.password())) {
                return isMigrated(connection);
            } catch (SQLException e) {
                if (isRefusal(e) || Instant.now().isAfter(end)) {
                    throw new InvalidSetting("DATABASE_URL", "does not point to a usable database: " + oneLine(e));
                }
                pause();
            }
        }
    }

    private static boolean isMigrated(Connection connection) {
        try (var statement = connection.prepareStatement(IS_MIGRATED)) {
            statement.setString(1, String.valueOf(MigrationFiles.NEWEST));
            if (statement.executeQuery().next()) {
                return true;
            }
            forgetFailed(connection);
            return false;
        } catch (SQLException e) {
            // No migration has run yet, or Flyway will report what is wrong
            return false;
        }
    }

    private static void forgetFailed(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(FORGET_FAILED);
        }
    }

    /** Wrong user, password or database name (SQLSTATE classes 28 and 3D): waiting does not help. */
    private static boolean isRefusal(SQLException e) {
        return e.getSQLState() != null
                && (e.getSQLState().startsWith("28") || e.getSQLState().startsWith("3D"));
    }

    private static String oneLine(SQLException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidSetting("DATABASE_URL", "could not be reached before startup was interrupted");
        }
    }
}
