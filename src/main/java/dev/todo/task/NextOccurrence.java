package dev.todo.task;

import dev.todo.task.recurrence.Recurrence;
import dev.todo.task.recurrence.Recurrence.Occurrence;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** Creates the next task of a recurring one when it is completed. */
final class NextOccurrence {

    private NextOccurrence() {}

    /** The next task, due on the rule's first date after both due_at and now. Empty if the rule has no more dates. */
    static Optional<Task> after(Task done, Instant now) {
        var zone = zone(done);
        var later = done.dueAt.isAfter(now) ? done.dueAt : now;
        return Recurrence.parse(done.recurrence)
                .next(start(done, zone), zone, later)
                .map(occurrence -> copy(done, occurrence));
    }

    private static ZoneId zone(Task task) {
        return task.timezone == null ? ZoneOffset.UTC : ZoneId.of(task.timezone);
    }

    /** The local time that the rule intends, unless due_at has changed since. */
    private static LocalDateTime start(Task task, ZoneId zone) {
        return task.dueLocal != null && task.dueLocal.atZone(zone).toInstant().equals(task.dueAt)
                ? task.dueLocal
                : LocalDateTime.ofInstant(task.dueAt, zone);
    }

    private static Task copy(Task done, Occurrence occurrence) {
        var fields = done.fields().repeated(occurrence.at(), Recurrence.parse(occurrence.recurrence()));
        var task = Task.create(done.userId, fields, Task.THIS_CHANGE);
        task.dueLocal = occurrence.local();
        return task;
    }
}
