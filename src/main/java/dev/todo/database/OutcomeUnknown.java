package dev.todo.database;

import io.smallrye.mutiny.Uni;
import java.sql.SQLTransientConnectionException;

/**
 * The connection was closed before the server responded to a change: the change may or may not be stored. Has the SQL
 * standard's code for this case, by which {@code database/internals/DatabaseFaults} recognizes it.
 */
public final class OutcomeUnknown extends SQLTransientConnectionException {

    private static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";

    public OutcomeUnknown(Throwable cause) {
        super("The connection was closed before the server responded", TRANSACTION_RESOLUTION_UNKNOWN, cause);
    }

    /**
     * For changes that the client did not ask for, such as counts: it does not matter to the client if they are stored.
     */
    public static <T> Uni<T> ignoredBy(Uni<T> work) {
        return work.onFailure(OutcomeUnknown.class).transform(Throwable::getCause);
    }
}
