package dev.todo.database.internals;

import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeoutException;

/**
 * Recognizes exceptions which mean that the database is unavailable or too busy, rather than that our statement is
 * wrong, and those that leave it open whether a change was stored.
 *
 * <p>{@link NoStackTraceThrowable} is an implementation class, and all that distinguishes some failures of Vert.x from
 * others.
 */
public final class DatabaseFaults {

    /** SQLSTATEs and SQLSTATE classes (PostgreSQL manual, appendix A) for which the same request may succeed later. */
    private static final List<String> PASSING = List.of(
            "08", // connection exception
            "28", // invalid authorization: of the service, never of a client
            "3D", // invalid catalog name
            "53", // insufficient resources, including too_many_connections
            "57", // operator intervention: shutdown, startup, query_canceled
            "58", // system error
            "55P03", // lock_not_available: lock_timeout
            "40001", // serialization_failure
            "40P01", // deadlock_detected
            "25006", // read_only_sql_transaction: a standby, during a failover
            "25P03", // idle_in_transaction_session_timeout
            "25P04"); // transaction_timeout

    /** transaction_resolution_unknown: database/OutcomeUnknown */
    private static final String UNKNOWN_OUTCOME = "08007";

    private DatabaseFaults() {}

    /** Whether a change may have been stored despite the failure. */
    public static boolean hasUnknownOutcome(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failure && UNKNOWN_OUTCOME.equals(failure.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    public static boolean isUnavailable(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof ClosedConnectionException
                    || cause instanceof TimeoutException
                    || cause instanceof NoStackTraceThrowable
                    || cause instanceof VertxException
                    || cause instanceof PgException failure && isPassing(failure.getSqlState())
                    // Hibernate translates the client's exceptions to these
                    || cause instanceof SQLException translated && isPassing(translated.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(String sqlState) {
        return sqlState != null && PASSING.stream().anyMatch(sqlState::startsWith);
    }
}
