package dev.todo.task;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a client sees of the task that completing a recurring one made. */
@Schema(description = "The task that completing a recurring one made")
public record NextTask(
        @Schema(required = true) UUID id,

        @Schema(required = true, examples = "2026-12-31T18:00:00.000000Z")
        Instant dueAt) {

    static NextTask of(Task task) {
        return new NextTask(task.id, task.dueAt);
    }
}
