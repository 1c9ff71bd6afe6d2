package dev.todo.database.internals;

import io.vertx.pgclient.PgException;

/** What the failure of a statement, or null, says about the connection. */
final class StatementFailure {

    static final String READ_ONLY = "25006";

    private StatementFailure() {}

    /** Whether the server itself has said nothing; errors of class 08 are what poolers say when they lose theirs. */
    static boolean isUnanswered(Throwable failure) {
        return failure instanceof PgException answer
                ? String.valueOf(answer.getSqlState()).startsWith("08")
                : failure != null;
    }

    /** Whether the connection is of no use after it; what was under way when a server ends one is rolled back. */
    static boolean endsConnection(Throwable failure) {
        return isUnanswered(failure)
                || isReadOnly(failure)
                || failure instanceof PgException answer && "FATAL".equals(answer.getSeverity());
    }

    /** A primary that has become a standby: its successor is found by connecting anew. */
    static boolean isReadOnly(Throwable failure) {
        return failure instanceof PgException answer && READ_ONLY.equals(answer.getSqlState());
    }
}
