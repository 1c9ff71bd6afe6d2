package dev.todo.database;

import io.smallrye.mutiny.Uni;
import java.sql.SQLTransientConnectionException;

/**
 * The connection ended between a change and the server's answer to it: it may be stored or not. Has the SQL standard's
 * code for that, by which {@code database/internals/DatabaseFaults} knows it.
 */
public final class OutcomeUnknown extends SQLTransientConnectionException {

    private static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";

    public OutcomeUnknown(Throwable cause) {
        super("The connection was closed before the server responded", TRANSACTION_RESOLUTION_UNKNOWN, cause);
    }

    /** For changes that the client did not ask for, such as counts: whether they are stored does not matter to it. */
    public static <T> Uni<T> ignoredBy(Uni<T> work) {
        return work.onFailure(OutcomeUnknown.class).transform(Throwable::getCause);
    }
}
