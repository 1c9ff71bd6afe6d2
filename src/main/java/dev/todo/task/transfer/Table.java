package dev.todo.task.transfer;

import java.util.List;
import java.util.regex.Pattern;

/** What reading and writing CSV (RFC 4180) have in common. */
final class Table {

    /** The fields of a task, in the order of its schema. */
    static final List<String> COLUMNS = List.of(
            "id",
            "user_id",
            "title",
            "description",
            "completed",
            "completed_at",
            "priority",
            "due_at",
            "tags",
            "recurrence",
            "timezone",
            "created_at",
            "updated_at",
            "version");

    // Also matches text that already begins with apostrophes: otherwise import could not distinguish those that were
    // typed from those that export added
    private static final Pattern RUNNABLE = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private Table() {}

    /** Prefixes the text with an apostrophe if a spreadsheet would take it for a formula. */
    static String guarded(String text) {
        return RUNNABLE.matcher(text).matches() ? "'" + text : text;
    }

    /** Reverts {@link #guarded}. */
    static String unguarded(String cell) {
        return cell.startsWith("'") && RUNNABLE.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
