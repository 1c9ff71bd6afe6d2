package dev.todo.task.recurrence;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;

/** The inclusive end of a rule: a day in the rule's time zone, or an instant. */
record Until(LocalDate day, Instant instant) {

    private static final DateTimeFormatter DAY = formatter("uuuuMMdd");
    private static final DateTimeFormatter INSTANT = formatter("uuuuMMdd'T'HHmmss'Z'");

    static Until parse(String text) {
        try {
            return text.endsWith("Z")
                    ? new Until(null, LocalDateTime.parse(text, INSTANT).toInstant(ZoneOffset.UTC))
                    : new Until(LocalDate.parse(text, DAY), null);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("has an invalid UNTIL");
        }
    }

    boolean isBefore(Instant time, ZoneId zone) {
        return last(zone).isBefore(time);
    }

    Instant last(ZoneId zone) {
        return instant != null
                ? instant
                : day.atTime(LocalTime.MAX).atZone(zone).toInstant();
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    }
}
