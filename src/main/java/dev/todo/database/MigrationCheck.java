package dev.todo.database;

import dev.todo.config.DatabaseUrl;
import dev.todo.config.InvalidSetting;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/** Checks the database at startup, before anything else uses it. */
// The JDBC driver creates it by name, for certificate authorities that Java trusts
@RegisterForReflection(targets = DefaultJavaSSLFactory.class)
public final class MigrationCheck {

    private static final String IS_MIGRATED = "select from flyway_schema_history where version = ? and success";

    // Only migrations that run outside a transaction leave these rows, and they can run again. Flyway would wait for
    // someone to "repair" them.
    private static final String FORGET_FAILED = "delete from flyway_schema_history where not success";

    /**
     * SQLSTATE classes: wrong user or password, wrong database name, and an option that the server or a proxy does not
     * accept.
     */
    private static final List<String> REFUSALS = List.of("28", "3D", "22", "42");

    // The JDBC driver's
    private static final String NO_TLS = "08004";
    private static final String TLS_FAILURE = "08006";

    /** Without a limit, the driver waits for a host that accepts connections and then is silent, and tries no other. */
    private static final String SILENCE = "&socketTimeout=5";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private MigrationCheck() {}

    /**
     * Whether the database has all migrations; a failed one will be tried again. Waits up to 30 seconds for a database
     * that is still starting; throws {@link InvalidSetting} if no usable connection can be made.
     */
    public static boolean isMigrated(DatabaseUrl database) {
        var end = Instant.now().plus(TIMEOUT);
        while (true) {
            try (var connection =
                    DriverManager.getConnection(database.jdbc() + SILENCE, database.user(), database.password())) {
                if (connection.getSchema() == null) {
                    throw new InvalidSetting(database.variable(), "has a search_path of which no schema exists");
                }
                return isMigrated(connection);
            } catch (SQLException e) {
                if (isRefusal(e) || Instant.now().isAfter(end)) {
                    throw new InvalidSetting(database.variable(), "does not point to a usable database: " + oneLine(e));
                }
                pause(database);
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

    /** Waiting does not help. */
    private static boolean isRefusal(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return REFUSALS.stream().anyMatch(state::startsWith) || isTlsRefusal(e, state);
    }

    /** The server does not support TLS, or its certificate is not valid, from another authority or for another host. */
    private static boolean isTlsRefusal(SQLException e, String state) {
        return switch (state) {
            case NO_TLS -> true;
            case TLS_FAILURE ->
                !(e.getCause() instanceof IOException broken) || broken.getCause() instanceof CertificateException;
            default -> false;
        };
    }

    private static String oneLine(SQLException e) {
        var message = String.valueOf(e.getMessage());
        var cause = e.getCause() == null
                        || message.contains(String.valueOf(e.getCause().getMessage()))
                ? ""
                : " " + e.getCause();
        return (message + cause).replaceAll("\\s+", " ");
    }

    private static void pause(DatabaseUrl database) {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidSetting(database.variable(), "could not be reached before startup was interrupted");
        }
    }
}
