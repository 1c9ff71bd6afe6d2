package dev.todo.task.transfer;

import java.util.List;
import java.util.regex.Pattern;

/** What reading and writing CSV (RFC 4180) have in common. */
final class Table {

    /** The members of a task, in the order of its schema. */
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

    // With apostrophes before it, too: otherwise import could not tell what was typed from what export put there
    private static final Pattern RUNNABLE = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);

    private Table() {}

    /** The text with an apostrophe before it where a spreadsheet would take it for a formula. */
    static String guarded(String text) {
        return RUNNABLE.matcher(text).matches() ? "'" + text : text;
    }

    /** The text that was guarded. */
    static String unguarded(String cell) {
        return cell.startsWith("'") && RUNNABLE.matcher(cell).matches() ? cell.substring(1) : cell;
    }
}
