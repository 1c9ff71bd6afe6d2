package dev.todo.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.paging.JsonSized;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.ToIntFunction;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A task as clients see it. */
@Schema(name = "Task")
public record TaskView(
        UUID id,
        UUID userId,
        @Schema(examples = "Buy milk") String title,

        @Schema(nullable = true, examples = "Oat, 2 litres") String description,

        boolean completed,
        @Schema(nullable = true) Instant completedAt,

        Priority priority,

        @Schema(nullable = true, examples = "2026-12-24T18:00:00.000000Z")
        Instant dueAt,

        @Schema(examples = "[\"shopping\"]") String[] tags,

        @Schema(nullable = true, examples = "FREQ=WEEKLY;BYDAY=MO,FR")
        String recurrence,

        @Schema(nullable = true, examples = "Europe/Berlin") String timezone,

        @Schema(examples = "2026-11-20T10:00:00.123456Z") Instant createdAt,

        @Schema(examples = "2026-11-20T10:00:00.123456Z") Instant updatedAt,

        @Schema(minimum = "1", description = "Increases with each change")
        int version,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Schema(description = "Only on deleted tasks, which `updated_since` also lists")
        Instant deletedAt,

        @JsonInclude(JsonInclude.Include.NON_NULL)
        @JsonDeserialize(using = NextTask.IfAny.class)
        @Schema(
                nullable = true,
                implementation = NextTask.class,
                description =
                        "Only in the response to completing a recurring task: the next one, due on the rule's first"
                                + " date after `due_at` and after now; null if the rule has no more dates")
        Optional<NextTask> next)
        implements JsonSized {

    /**
     * An upper bound for member names, ids, times, numbers and punctuation of a task in JSON, which are some 500 bytes.
     */
    private static final int MAX_BYTES_BESIDE_TEXTS = 640;

    @Override
    public int maxJsonBytes() {
        return jsonBytes(JsonSized::maxJsonBytes);
    }

    @Override
    public int jsonBytes() {
        return jsonBytes(JsonSized::jsonBytes);
    }

    private int jsonBytes(ToIntFunction<String> bytesOf) {
        var bytes = MAX_BYTES_BESIDE_TEXTS
                + bytesOf.applyAsInt(title)
                + bytesOf.applyAsInt(description)
                + bytesOf.applyAsInt(recurrence)
                + bytesOf.applyAsInt(timezone);
        for (var tag : tags) {
            bytes += bytesOf.applyAsInt(tag) + 1;
        }
        return bytes;
    }

    public static TaskView of(Task task) {
        return new TaskView(
                task.id,
                task.userId,
                task.title,
                task.description,
                task.completed,
                task.completedAt,
                task.priority,
                task.dueAt,
                task.tags,
                task.recurrence,
                task.timezone,
                task.createdAt,
                task.updatedAt,
                task.version,
                task.deletedAt,
                task.next == null ? null : task.next.map(NextTask::of));
    }
}
