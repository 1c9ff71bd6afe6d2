package dev.todo.task;

import dev.todo.task.recurrence.Recurrence;
import dev.todo.task.recurrence.Recurrence.Occurrence;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** How a recurring task comes again once it is done. */
final class NextOccurrence {

    private NextOccurrence() {}

    /** The task to do next: at the rule's first date after due_at and after now. Nothing where the rule is exhausted. */
    static Optional<Task> after(Task done, Instant now) {
        var zone = zone(done);
        var later = done.dueAt.isAfter(now) ? done.dueAt : now;
        return Recurrence.parse(done.recurrence)
                .next(start(done, zone), zone, later)
                .map(occurrence -> again(done, occurrence));
    }

    private static ZoneId zone(Task task) {
        return task.timezone == null ? ZoneOffset.UTC : ZoneId.of(task.timezone);
    }

    /** The local time that was meant, unless due_at was changed since. */
    private static LocalDateTime start(Task task, ZoneId zone) {
        return task.dueLocal != null && task.dueLocal.atZone(zone).toInstant().equals(task.dueAt)
                ? task.dueLocal
                : LocalDateTime.ofInstant(task.dueAt, zone);
    }

    private static Task again(Task done, Occurrence occurrence) {
        var task = Task.create(
                done.userId,
                new TaskFields(
                        done.title,
                        done.description,
                        false,
                        done.priority,
                        occurrence.at(),
                        List.of(done.tags),
                        Recurrence.parse(occurrence.recurrence()),
                        done.timezone == null ? null : ZoneId.of(done.timezone)),
                Task.THIS_CHANGE);
        task.dueLocal = occurrence.local();
        return task;
    }
}
