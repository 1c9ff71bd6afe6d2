package dev.todo.task;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;

/** A row of the table, as the statements that read for clients select it. */
final class TaskRow {

    static final String COLUMNS = "id, user_id, title, description, completed, completed_at, priority, due_at, tags,"
            + " recurrence, timezone, created_at, updated_at, version, deleted_at";

    /** The place of what is selected after these. */
    static final int NEXT = 15;

    private TaskRow() {}

    /** The columns are found by their place, which is faster than by name. */
    static TaskView view(Row row) {
        return new TaskView(
                row.getUUID(0),
                row.getUUID(1),
                row.getString(2),
                row.getString(3),
                row.getBoolean(4),
                time(row, 5),
                Priority.of(row.getString(6)),
                time(row, 7),
                row.getArrayOfStrings(8),
                row.getString(9),
                row.getString(10),
                time(row, 11),
                time(row, 12),
                row.getInteger(13),
                time(row, 14),
                null);
    }

    static Instant time(Row row, int column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }
}
