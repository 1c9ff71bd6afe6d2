package dev.todo.database;

import java.sql.SQLTransientException;

/** The server accepts no changes: it is a standby, or its administrator wants it so. Has PostgreSQL's code for this case. */
public final class ReadOnlyServer extends SQLTransientException {

    public static final String SQL_STATE = "25006";

    public ReadOnlyServer() {
        super("The database is read-only", SQL_STATE);
    }
}
