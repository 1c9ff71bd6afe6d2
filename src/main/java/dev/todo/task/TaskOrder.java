package dev.todo.task;

import dev.todo.http.json.Rfc3339;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** The sort orders of a list. The expressions match those of the indexes. */
enum TaskOrder {
    CREATED_AT("created_at", "%s", task -> Rfc3339.format(task.createdAt()), TaskOrder::time),
    UPDATED_AT("updated_at", "%s", task -> Rfc3339.format(task.updatedAt()), TaskOrder::time),
    DUE_AT("due_at", "%s", task -> task.dueAt() == null ? null : Rfc3339.format(task.dueAt()), TaskOrder::time),
    PRIORITY(
            "priority",
            "(case %s when 'low' then 1 when 'medium' then 2 else 3 end)",
            task -> task.priority().label,
            key -> Priority.of(key).label),
    TITLE("title", "(lower(%s collate \"und-x-icu\") collate \"C\")", TaskView::title, key -> key);

    static final List<String> NAMES = Arrays.stream(values())
            .flatMap(order -> List.of(order.column, "-" + order.column).stream())
            .toList();

    final String column;
    private final String expression;
    private final Function<TaskView, String> key;
    private final Function<String, Object> value;

    TaskOrder(String column, String expression, Function<TaskView, String> key, Function<String, Object> value) {
        this.column = column;
        this.expression = expression;
        this.key = key;
        this.value = value;
    }

    static TaskOrder of(String name) {
        return Arrays.stream(values())
                .filter(order -> order.column.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be one of " + String.join(", ", NAMES)));
    }

    /** The SQL expression to sort by. */
    String expression() {
        return expressionOf(column);
    }

    /** The same expression for a value instead of the column. */
    String expressionOf(String sql) {
        return expression.formatted(sql);
    }

    /** The task's sort key for a cursor; null if it has none and comes last. */
    String key(TaskView task) {
        return key.apply(task);
    }

    /** A sort key as a statement parameter; throws IllegalArgumentException if it is not valid. */
    Object value(String key) {
        return value.apply(key);
    }

    private static Object time(String key) {
        return Rfc3339.parse(key).atOffset(ZoneOffset.UTC);
    }
}
