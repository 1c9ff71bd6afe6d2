package dev.todo.task;

import dev.todo.http.json.Rfc3339;
import dev.todo.http.paging.Cursor;
import dev.todo.http.query.QueryReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Selects the tasks of a list, their order, and where a page begins. */
record TaskFilter(
        Optional<Boolean> completed,
        Set<Priority> priorities,
        Set<String> tags,
        String words,
        Optional<Instant> dueBefore,
        Optional<Instant> dueAfter,
        Optional<Boolean> overdue,
        Optional<Instant> updatedSince,
        TaskOrder order,
        boolean descending) {

    /**
     * The end of a page: the sort keys of its last task (the first is null if it has no date), and the time up to which
     * the list includes changes.
     */
    record Position(Optional<Instant> until, String key, UUID id) {}

    static TaskFilter of(TaskListQuery query) {
        var descending = query.sort().startsWith("-");
        var order = QueryReader.read("sort", query.sort(), sort -> TaskOrder.of(descending ? sort.substring(1) : sort));
        return new TaskFilter(
                Optional.ofNullable(query.completed()),
                new TreeSet<>(query.priority()),
                new TreeSet<>(query.tag()),
                query.q(),
                Optional.ofNullable(query.dueBefore()),
                Optional.ofNullable(query.dueAfter()),
                Optional.ofNullable(query.overdue()),
                Optional.ofNullable(query.updatedSince()),
                order.orElseThrow(),
                descending);
    }

    /** Reads the cursor's position. Throws IllegalArgumentException if it is not a cursor of this list. */
    Position position(UUID owner, String cursor) {
        return Cursor.read(scope(owner), cursor, keys -> {
            var until = keys.text();
            var text = keys.text();
            var key = text.isEmpty() && order == TaskOrder.DUE_AT ? null : text;
            if (key != null) {
                order.value(key);
            }
            return new Position(updatedSince.map(since -> Rfc3339.parse(until)), key, keys.id());
        });
    }

    String cursorAfter(TaskView task, UUID owner, Optional<Instant> until) {
        var key = order.key(task);
        return Cursor.after(
                scope(owner),
                until.map(Rfc3339::format).orElse(""),
                key == null ? "" : key,
                task.id().toString());
    }

    private String scope(UUID owner) {
        // The text forms of lists and sets show where elements end
        return owner
                + List.of(
                                completed,
                                priorities,
                                tags.stream().map(tag -> tag.length() + tag).toList(),
                                words.length() + words,
                                dueBefore,
                                dueAfter,
                                overdue,
                                updatedSince,
                                order,
                                descending)
                        .toString();
    }
}
