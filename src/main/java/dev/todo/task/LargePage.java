package dev.todo.task;

import dev.todo.http.paging.Paging;
import java.util.List;

/** Bounds what is read for a page of many tasks, of which each may have 20 KiB. */
final class LargePage {

    /** At least as large as the largest task. */
    private static final int LARGEST_TASK = 20 * 1024;

    // Length of text, which is not read for it. The row with which they are too large is the last: as JSON no text is
    // shorter
    private static final String BOUNDED = """
            select %1$s from (
              select *, sum(octet_length(title) + coalesce(octet_length(description), 0))
                  over (%3$s rows between unbounded preceding and current row)
                  - octet_length(title) - coalesce(octet_length(description), 0) as bytes_before
              from (%2$s) found
            ) found where bytes_before <= %4$d%3$s
            """;

    private LargePage() {}

    /** The statement with fewer rows where its limit allows many and their texts are large. */
    static String bounded(String select, String ordering, int limit, int maxBytes) {
        return limit * LARGEST_TASK <= maxBytes
                ? select
                : BOUNDED.formatted(TaskRow.COLUMNS, select, ordering, maxBytes);
    }

    /** Whether there may be more than was read, though it is fewer than the limit. */
    static boolean isFull(List<TaskView> read, int limit) {
        return read.size() == limit || Paging.fitting(read).size() < read.size();
    }
}
