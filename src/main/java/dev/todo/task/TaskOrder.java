package dev.todo.task;

import dev.todo.http.json.Rfc3339;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** What a list can be sorted by; the expressions are those of the indexes. */
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

    /** The SQL that sorts. */
    String expression() {
        return expressionOf(column);
    }

    /** The same for a value in place of the column. */
    String expressionOf(String sql) {
        return expression.formatted(sql);
    }

    /** Where the task is, as a cursor keeps it; null where it has no place but the end. */
    String key(TaskView task) {
        return key.apply(task);
    }

    /** A key as a parameter of a statement; throws IllegalArgumentException where it is none. */
    Object value(String key) {
        return value.apply(key);
    }

    private static Object time(String key) {
        return Rfc3339.parse(key).atOffset(ZoneOffset.UTC);
    }
}
