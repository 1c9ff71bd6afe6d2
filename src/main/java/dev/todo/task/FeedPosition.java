package dev.todo.task;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** A position in the feed of changes: right after this change of the task. Its text is opaque to clients. */
public record FeedPosition(Instant time, UUID task) {

    public static final FeedPosition BEGINNING = new FeedPosition(Instant.EPOCH, new UUID(0, 0));

    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,16})-(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})");

    /** Empty if {@link #toString} cannot have produced the text. */
    public static Optional<FeedPosition> parse(String text) {
        var parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new FeedPosition(
                        Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
                        UUID.fromString(parts.group(2))))
                : Optional.empty();
    }

    public boolean isAfter(FeedPosition other) {
        // Compared as text, since PostgreSQL compares ids as unsigned bytes
        return time.equals(other.time)
                ? task.toString().compareTo(other.task.toString()) > 0
                : time.isAfter(other.time);
    }

    @Override
    public String toString() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time) + "-" + task;
    }
}
