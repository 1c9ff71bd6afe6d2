package dev.todo.task;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.json.Text;
import dev.todo.task.recurrence.Recurrence;
import dev.todo.task.recurrence.TimeZoneName;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/**
 * The fields of a task that clients may write. Missing or null members take their default, which is only in the
 * description: client generators treat a member that has a {@code default} as required.
 */
@Schedule
@Schema(name = "NewTask", description = "The writable fields of a task; omitted or null fields take their defaults")
public record TaskFields(
        @Schema(
                required = true,
                examples = "Buy milk",
                minLength = 1,
                maxLength = 200,
                description = "Trimmed; must not be blank")
        @NotNull(message = "is required")
        @Size(min = 1, message = "must not be blank")
        @CodePointLength(max = 200, message = "must have at most 200 characters")
        String title,

        @Schema(nullable = true, examples = "Oat, 2 litres", maxLength = 4000, description = "Stored exactly as sent")
        @CodePointLength(max = 4000, message = "must have at most 4000 characters")
        String description,

        @Schema(nullable = true, description = "`false` by default")
        Boolean completed,

        @Schema(nullable = true, description = "`medium` by default")
        Priority priority,

        @Schema(nullable = true, examples = "2026-12-24T18:00:00Z")
        Instant dueAt,

        @Schema(
                nullable = true,
                examples = "[\"shopping\"]",
                maxItems = 20,
                description = "Trimmed; duplicates are removed")
        @Size(max = 20, message = "must have at most 20 different tags")
        List<
                        @NotNull(message = "must be a string") @Size(min = 1, message = "must not be blank")
                        @CodePointLength(max = 50, message = "must have at most 50 characters") String>
                tags,

        @Schema(
                implementation = String.class,
                nullable = true,
                pattern = "^[A-Z0-9=;,+-]+$",
                examples = "FREQ=WEEKLY;BYDAY=MO,FR",
                maxLength = 500,
                description =
                        "An RRULE (RFC 5545, section 3.3.10) with `FREQ` from `DAILY` to `YEARLY`, `INTERVAL`, `BYDAY`,"
                                + " `BYMONTHDAY`, and `COUNT` or `UNTIL` (a date or a UTC time, not before `due_at`),"
                                + " in upper case; numbers have up to 4 digits. Requires `due_at`, its first date")
        Recurrence recurrence,

        @Schema(
                implementation = String.class,
                nullable = true,
                examples = "Europe/Berlin",
                description = "The IANA time zone for calculating the recurrence; UTC if null")
        @JsonDeserialize(using = TimeZoneName.class)
        ZoneId timezone)
        implements Schedule.Scheduled {

    public TaskFields {
        title = Text.trim(title);
        completed = Objects.requireNonNullElse(completed, false);
        priority = Objects.requireNonNullElse(priority, Priority.MEDIUM);
        tags = tags == null
                ? List.of()
                : tags.stream().map(Text::trim).distinct().toList();
    }

    /** The same task once more, at another time. */
    TaskFields repeated(Instant dueAt, Recurrence recurrence) {
        return new TaskFields(title, description, false, priority, dueAt, tags, recurrence, timezone);
    }
}
