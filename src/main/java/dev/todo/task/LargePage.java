package dev.todo.task;

import dev.todo.http.paging.Paging;
import java.util.List;

/** Limits how much is read for a page of many tasks, each of which may have 20 KiB. */
final class LargePage {

    /** At least the size of the largest task. */
    private static final int LARGEST_TASK = 20 * 1024;

    // PostgreSQL knows the length of a text without reading it. The row that exceeds the limit is the last one: as JSON
    // no text is shorter
    private static final String BOUNDED = """
            select %1$s from (
              select *, sum(octet_length(title) + coalesce(octet_length(description), 0))
                  over (%3$s rows between unbounded preceding and current row)
                  - octet_length(title) - coalesce(octet_length(description), 0) as bytes_before
              from (%2$s) found
            ) found where bytes_before <= %4$d%3$s
            """;

    private LargePage() {}

    /** The statement, which returns fewer rows if the limit allows many and their texts are large. */
    static String bounded(String select, String ordering, int limit, int maxBytes) {
        return limit * LARGEST_TASK <= maxBytes
                ? select
                : BOUNDED.formatted(TaskRow.COLUMNS, select, ordering, maxBytes);
    }

    /** Whether there may be more tasks, even if fewer than the limit were read. */
    static boolean isFull(List<TaskView> read, int limit) {
        return read.size() == limit || Paging.fitting(read).size() < read.size();
    }
}
