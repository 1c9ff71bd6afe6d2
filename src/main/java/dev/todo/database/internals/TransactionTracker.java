package dev.todo.database.internals;

import io.vertx.sqlclient.impl.command.CommandBase;
import io.vertx.sqlclient.impl.command.QueryCommandBase;
import java.util.regex.Pattern;

/**
 * Follows what a connection sends, to tell whether a change may be stored if the connection ends now: in a transaction only
 * its commit can have stored anything.
 *
 * <p>The client's commands are implementation classes; nothing public says what is sent in the name of a transaction.
 */
final class TransactionTracker {

    /** As statements of ours have them; values are never in them. */
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

    /** Whether this command, which was sent, may have stored something. */
    boolean mayHaveStored(CommandBase<?> command) {
        return command instanceof QueryCommandBase<?> query
                && (isInTransaction ? hasChange && query.sql().equals("COMMIT") : isChange(query.sql()));
    }

    private static boolean isChange(String sql) {
        return CHANGE.matcher(sql).find();
    }
}
