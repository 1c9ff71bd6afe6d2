package dev.todo.task;

import dev.todo.http.Cursor;
import dev.todo.http.Query;
import dev.todo.http.Rfc3339;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Which tasks a list is to have, and where its page begins. */
record TaskFilter(String scope, Optional<Boolean> completed, Optional<Position> after) {

    /** The sort keys of a task in the list. */
    record Position(Instant createdAt, UUID id) {

        private static Position of(List<String> keys) {
            try {
                return new Position(Rfc3339.parse(keys.get(0)), UUID.fromString(keys.get(1)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                throw Cursor.notOurs();
            }
        }
    }

    static TaskFilter of(Query query, UUID owner) {
        var completed = query.flag("completed");
        var scope = owner + " -created_at completed=" + completed;
        return new TaskFilter(
                scope, completed, query.read("cursor", cursor -> Position.of(Cursor.keys(scope, cursor))));
    }

    String cursorAfter(Task task) {
        return Cursor.after(scope, Rfc3339.format(task.createdAt), task.id.toString());
    }
}
