package dev.todo.task;

import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hibernate.engine.spi.SelfDirtinessTracker;

/**
 * Converts tasks to rows of the table and back. Statements take their columns and parameters from here, so that nothing
 * else lists them.
 */
final class TaskRow {

    /** In the order in which statements select columns and number parameters. */
    private enum Column {
        ID,
        USER_ID,
        TITLE,
        DESCRIPTION,
        COMPLETED,
        COMPLETED_AT(true),
        PRIORITY,
        DUE_AT,
        TAGS,
        RECURRENCE,
        TIMEZONE,
        CREATED_AT(true),
        ADDED_AT(true),
        UPDATED_AT(true),
        DELETED_AT(true),
        DUE_LOCAL,
        SUCCESSOR_ID,
        VERSION;

        /** Whether the value may be {@link Task#THIS_CHANGE}. */
        private final boolean isTimeOfChange;

        Column() {
            this(false);
        }

        Column(boolean isTimeOfChange) {
            this.isTimeOfChange = isTimeOfChange;
        }

        private String sql() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String parameter() {
            var number = "$" + (ordinal() + 1);
            return isTimeOfChange
                    ? "case when %1$s::timestamptz < '0001-01-01 00:00Z BC' then now else %1$s::timestamptz end"
                            .formatted(number)
                    : number;
        }
    }

    /** The columns to select: all except the terms, which only searches read. */
    static final String COLUMNS = listed(Column::sql);

    /** The number of columns and parameters of a task; a statement's own parameters follow them. */
    static final int SIZE = Column.values().length;

    /** The parameter of the owner, in every statement that writes a task. */
    static final String OWNER = Column.USER_ID.parameter();

    private static final String TERMS = "$" + (SIZE + 1);

    /**
     * The columns and values of {@code insert into tasks (...) select ...}, in which {@code now} is the time of the
     * change.
     */
    static final String INSERT_COLUMNS = COLUMNS + ", terms";

    static final String INSERT_VALUES = listed(Column::parameter) + ", " + TERMS;

    /** Updates a task if it still has the version that was read. {@code now} is the time of the change. */
    static final String UPDATE = """
            update tasks set %s, terms = coalesce(%s, terms), version = tasks.version + 1
            from time_of_change(%s) as now
            where id = %s and user_id = %3$s and version = %s
            returning %s
            """.formatted(
            Arrays.stream(Column.values())
                    .filter(column -> column != Column.ID && column != Column.USER_ID && column != Column.VERSION)
                    .map(column -> column.sql() + " = " + column.parameter())
                    .collect(Collectors.joining(", ")),
            TERMS,
            OWNER,
            Column.ID.parameter(),
            Column.VERSION.parameter(),
            COLUMNS);

    private TaskRow() {}

    /** The placeholder of a parameter that follows those of the task, counted from 1. */
    static String parameter(int number) {
        return "$" + (SIZE + 1 + number);
    }

    static Task read(Row row) {
        var task = new Task();
        // Hibernate would record each field write, which costs more than the rest
        ((SelfDirtinessTracker) (Object) task).$$_hibernate_suspendDirtyTracking(true);
        task.id = row.getUUID(Column.ID.ordinal());
        task.userId = row.getUUID(Column.USER_ID.ordinal());
        task.title = row.getString(Column.TITLE.ordinal());
        task.description = row.getString(Column.DESCRIPTION.ordinal());
        task.completed = row.getBoolean(Column.COMPLETED.ordinal());
        task.completedAt = time(row, Column.COMPLETED_AT.ordinal());
        task.priority = Priority.of(row.getString(Column.PRIORITY.ordinal()));
        task.dueAt = time(row, Column.DUE_AT.ordinal());
        task.tags = row.getArrayOfStrings(Column.TAGS.ordinal());
        task.recurrence = row.getString(Column.RECURRENCE.ordinal());
        task.timezone = row.getString(Column.TIMEZONE.ordinal());
        task.createdAt = time(row, Column.CREATED_AT.ordinal());
        task.addedAt = time(row, Column.ADDED_AT.ordinal());
        task.updatedAt = time(row, Column.UPDATED_AT.ordinal());
        task.deletedAt = time(row, Column.DELETED_AT.ordinal());
        task.dueLocal = row.getLocalDateTime(Column.DUE_LOCAL.ordinal());
        task.successorId = row.getUUID(Column.SUCCESSOR_ID.ordinal());
        task.version = row.getInteger(Column.VERSION.ordinal());
        return task;
    }

    /** The parameters of a task, with its terms last. */
    static Tuple write(Task task) {
        var values = new Object[SIZE + 1];
        values[Column.ID.ordinal()] = task.id;
        values[Column.USER_ID.ordinal()] = task.userId;
        values[Column.TITLE.ordinal()] = task.title;
        values[Column.DESCRIPTION.ordinal()] = task.description;
        values[Column.COMPLETED.ordinal()] = task.completed;
        values[Column.COMPLETED_AT.ordinal()] = utc(task.completedAt);
        values[Column.PRIORITY.ordinal()] = task.priority.label;
        values[Column.DUE_AT.ordinal()] = utc(task.dueAt);
        values[Column.TAGS.ordinal()] = task.tags;
        values[Column.RECURRENCE.ordinal()] = task.recurrence;
        values[Column.TIMEZONE.ordinal()] = task.timezone;
        values[Column.CREATED_AT.ordinal()] = utc(task.createdAt);
        values[Column.ADDED_AT.ordinal()] = utc(task.addedAt);
        values[Column.UPDATED_AT.ordinal()] = utc(task.updatedAt);
        values[Column.DELETED_AT.ordinal()] = utc(task.deletedAt);
        values[Column.DUE_LOCAL.ordinal()] = task.dueLocal;
        values[Column.SUCCESSOR_ID.ordinal()] = task.successorId;
        values[Column.VERSION.ordinal()] = task.version;
        values[SIZE] = task.terms;
        return Tuple.from(values);
    }

    static Instant time(Row row, int column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime utc(Instant time) {
        if (time == null) {
            return null;
        }
        // Stored as PostgreSQL's first day, which is before any time a task can have
        return time.equals(Task.THIS_CHANGE) ? OffsetDateTime.MIN : time.atOffset(ZoneOffset.UTC);
    }

    private static String listed(Function<Column, String> text) {
        return Arrays.stream(Column.values()).map(text).collect(Collectors.joining(", "));
    }
}
