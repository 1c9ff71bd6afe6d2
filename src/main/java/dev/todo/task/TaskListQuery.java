package dev.todo.task;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.paging.Paging;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The query parameters of a list of tasks. */
@RegisterForReflection
record TaskListQuery(
        @Schema(description = "Only completed tasks, or only open ones")
        Boolean completed,

        @Schema(description = "Only tasks with this priority; repeat it to match any of several")
        List<Priority> priority,

        @Schema(description = "Only tasks with this tag; repeat it to match all of several")
        List<String> tag,

        @Schema(
                description = "Only tasks with all of these words, or words that start with them, in title"
                        + " or description, ignoring case and accents")
        String q,

        @Schema(description = "Only tasks due before this time")
        Instant dueBefore,

        @Schema(description = "Only tasks due at or after this time")
        Instant dueAfter,

        @Schema(description = "Only overdue tasks (open and due before now), or only the others")
        Boolean overdue,

        @Schema(
                description =
                        "Only tasks changed at or after this time, including deleted ones, which have `deleted_at`")
        Instant updatedSince,

        @Schema(
                description = "Ascending, or descending with `-`; with `due_at`, tasks without a date always come last",
                defaultValue = "-created_at",
                enumeration = {
                    "created_at",
                    "-created_at",
                    "updated_at",
                    "-updated_at",
                    "due_at",
                    "-due_at",
                    "priority",
                    "-priority",
                    "title",
                    "-title"
                })
        String sort,

        @JsonDeserialize(using = Paging.Limit.class) int limit,
        String cursor,

        @Schema(
                description = "Whether to return the number of all matching tasks in `X-Total-Count`",
                defaultValue = "false")
        Boolean count) {

    TaskListQuery {
        priority = Objects.requireNonNullElse(priority, List.of());
        tag = Objects.requireNonNullElse(tag, List.of());
        q = Objects.requireNonNullElse(q, "");
        sort = Objects.requireNonNullElse(sort, "-created_at");
        count = Objects.requireNonNullElse(count, false);
    }
}
