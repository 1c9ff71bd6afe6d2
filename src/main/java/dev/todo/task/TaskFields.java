package dev.todo.task;

import dev.todo.http.Text;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** What a client may write of a task. A member that is missing or null takes its default. */
@Schema(
        name = "TaskFields",
        description = "What a client may write of a task; missing or null members take their defaults")
record TaskFields(
        @Schema(
                required = true,
                examples = "Buy milk",
                minLength = 1,
                maxLength = 200,
                description = "Trimmed, not blank")
        @NotNull(message = "must be given")
        @Size(min = 1, message = "must not be blank")
        @CodePointLength(max = 200, message = "must have at most 200 characters")
        String title,

        @Schema(nullable = true, examples = "Oat, 2 litres", maxLength = 4000, description = "Kept as typed")
        @CodePointLength(max = 4000, message = "must have at most 4000 characters")
        String description,

        @Schema(defaultValue = "false") Boolean completed,

        @Schema(
                enumeration = {"low", "medium", "high"},
                defaultValue = "medium")
        Priority priority,

        @Schema(nullable = true, examples = "2026-12-24T18:00:00Z")
        Instant dueAt,

        @Schema(examples = "[\"shopping\"]", maxItems = 20, description = "Trimmed; equal ones are kept once")
        @Size(max = 20, message = "must be at most 20 different tags")
        List<
                        @NotNull(message = "must be a string") @Size(min = 1, message = "must not be blank")
                        @CodePointLength(max = 50, message = "must have at most 50 characters") String>
                tags) {

    TaskFields {
        title = Text.trimmed(title);
        completed = Objects.requireNonNullElse(completed, false);
        priority = Objects.requireNonNullElse(priority, Priority.MEDIUM);
        tags = tags == null
                ? List.of()
                : tags.stream().map(Text::trimmed).distinct().toList();
    }

    static TaskFields of(Task task) {
        return new TaskFields(
                task.title, task.description, task.completed, task.priority, task.dueAt, List.of(task.tags));
    }
}
