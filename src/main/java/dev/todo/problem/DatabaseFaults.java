package dev.todo.problem;

import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Knows which exceptions say that the database is away or too busy, rather than that we asked it something wrong. */
final class DatabaseFaults {

    /** SQLSTATEs (PostgreSQL manual, appendix A): they pass without anybody changing the request. */
    private static final Set<String> PASSING = Set.of(
            "57P01", // admin_shutdown
            "57P02", // crash_shutdown
            "57P03", // cannot_connect_now
            "57014", // query_canceled: statement_timeout
            "55P03", // lock_not_available: lock_timeout
            "53300", // too_many_connections
            "40001", // serialization_failure
            "40P01", // deadlock_detected
            "25006"); // read_only_sql_transaction: a standby, in the middle of a failover

    private DatabaseFaults() {}

    static boolean isUnavailable(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException
                    || cause instanceof ClosedConnectionException
                    || cause instanceof TimeoutException
                    || cause instanceof NoStackTraceThrowable
                    || cause instanceof PgException pg && isPassing(pg.getSqlState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(String sqlState) {
        // Class 08: connection exceptions
        return sqlState != null && (PASSING.contains(sqlState) || sqlState.startsWith("08"));
    }
}
