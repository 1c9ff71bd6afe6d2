package dev.todo.database.internals;

import dev.todo.database.ReadOnlyServer;
import io.vertx.pgclient.PgException;

/** Tells what the failure of a statement, or null, means for the connection. */
final class StatementFailure {

    private StatementFailure() {}

    /** Whether the server itself did not respond. Errors of class 08 come from poolers that have lost their server. */
    static boolean isUnanswered(Throwable failure) {
        return failure instanceof PgException answer
                ? String.valueOf(answer.getSqlState()).startsWith("08")
                : failure != null;
    }

    /**
     * Whether the connection is unusable afterwards. When a server ends a connection, it rolls back what was in
     * progress.
     */
    static boolean endsConnection(Throwable failure) {
        return isUnanswered(failure)
                || isReadOnly(failure)
                || failure instanceof PgException answer && "FATAL".equals(answer.getSeverity());
    }

    /** A primary has become a standby: a new connection finds its successor. */
    static boolean isReadOnly(Throwable failure) {
        return failure instanceof PgException answer && ReadOnlyServer.SQL_STATE.equals(answer.getSqlState());
    }
}
