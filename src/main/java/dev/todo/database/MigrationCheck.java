package dev.todo.database;

import dev.todo.config.DatabaseUrl;
import dev.todo.config.InvalidSetting;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** The database as a start finds it, before anything is built upon it. */
public final class MigrationCheck {

    /** Of the files in db/migration. */
    static final String NEWEST_MIGRATION = "16";

    private static final String IS_MIGRATED = "select from flyway_schema_history where version = ? and success";

    // Of what runs outside a transaction, and so can be run again. Flyway would wait for somebody to "repair" it
    private static final String FORGET_FAILED = "delete from flyway_schema_history where not success";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private MigrationCheck() {}

    /**
     * Whether it has all migrations; if one has failed, it is to be tried again. A database that is still starting is given half a minute; throws {@link InvalidSetting}
     * when no connection can be made.
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
            statement.setString(1, NEWEST_MIGRATION);
            if (statement.executeQuery().next()) {
                return true;
            }
            forgetFailed(connection);
            return false;
        } catch (SQLException e) {
            // Nothing was ever migrated, or Flyway will say what is wrong
            return false;
        }
    }

    private static void forgetFailed(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.executeUpdate(FORGET_FAILED);
        }
    }

    /** Wrong user, password or database name (SQLSTATE classes 28 and 3D): waiting would not help. */
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
