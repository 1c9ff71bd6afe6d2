package dev.todo.task.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import dev.todo.task.TaskView;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What reading and writing CSV (RFC 4180) have in common. */
final class Table {

    private static final NamingBase JSON_NAMES = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;

    /** The members that every task has, in the order of its schema. The native executable lists them at build time. */
    static final List<String> COLUMNS = Arrays.stream(TaskView.class.getRecordComponents())
            .filter(member -> !member.getAccessor().isAnnotationPresent(JsonInclude.class))
            .map(member -> JSON_NAMES.translate(member.getName()))
            .toList();

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
