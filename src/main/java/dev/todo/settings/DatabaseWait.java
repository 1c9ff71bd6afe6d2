package dev.todo.settings;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** Gives a database that is still starting half a minute, before anything is built upon it. */
public final class DatabaseWait {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private DatabaseWait() {}

    /** Returns once a connection could be made; throws {@link BadSetting} when none can be. */
    public static void until(DatabaseUrl database) {
        var end = Instant.now().plus(PATIENCE);
        while (true) {
            try (var connection = DriverManager.getConnection(database.jdbc(), database.user(), database.password())) {
                return;
            } catch (SQLException e) {
                if (isRefusal(e) || Instant.now().isAfter(end)) {
                    throw new BadSetting("DATABASE_URL", "leads to no usable database: " + oneLine(e));
                }
                pause();
            }
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
            throw new BadSetting("DATABASE_URL", "was not reached before the start was interrupted");
        }
    }
}
