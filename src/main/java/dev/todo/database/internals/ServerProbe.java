package dev.todo.database.internals;

import dev.todo.database.ReadOnlyServer;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;

/** Asks the server of a connection for the id of its process, and whether it accepts changes. */
public record ServerProbe(int processId) {

    private static final String QUESTION = "select pg_backend_pid(), current_setting('transaction_read_only') = 'on'";

    /** Fails if the server does not respond or is read-only. */
    public static Future<ServerProbe> of(SqlConnection connection) {
        return connection.query(QUESTION).execute().compose(rows -> {
            var row = rows.iterator().next();
            if (row.getBoolean(1)) {
                StatementTimeoutHandler.of(connection).discardReadOnly();
                return Future.failedFuture(new ReadOnlyServer());
            }
            return Future.succeededFuture(new ServerProbe(row.getInteger(0)));
        });
    }
}
