package dev.todo.database.internals;

import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.QueryCommandBase;
import java.util.regex.Pattern;

/**
 * Tracks what a connection sends, to know whether a change may have been stored if the connection is lost: in a
 * transaction, only its commit can have stored anything.
 *
 * <p>The client's commands are implementation classes; no public API shows what a transaction sends.
 */
final class TransactionTracker {

    /** Matches the changes in our own statements, which never contain values. */
    private static final Pattern CHANGE = Pattern.compile(
            "\\b(insert\\s+into|(?<!for )(?<!for no key )update|delete\\s+from|merge\\s+into|truncate)\\b",
            Pattern.CASE_INSENSITIVE);

    private boolean isInTransaction;
    private boolean hasChange;

    void onSent(CommandBase<?> command) {
        if (command instanceof QueryCommandBase<?> query) {
            if (query.sql().equals("BEGIN")) {
                isInTransaction = true;
            } else if (isInTransaction) {
                hasChange |= isChange(query.sql());
            }
        }
    }

    void onAnswered(CommandBase<?> command) {
        if (command instanceof QueryCommandBase<?> query
                && (query.sql().equals("COMMIT") || query.sql().equals("ROLLBACK"))) {
            isInTransaction = false;
            hasChange = false;
        }
    }

    /** Whether this command may have stored something after it was sent. */
    boolean mayHaveStored(CommandBase<?> command) {
        return command instanceof QueryCommandBase<?> query
                && (isInTransaction ? hasChange && query.sql().equals("COMMIT") : isChange(query.sql()));
    }

    private static boolean isChange(String sql) {
        return CHANGE.matcher(sql).find();
    }
}
