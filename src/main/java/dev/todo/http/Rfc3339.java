package dev.todo.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/** Times as the contract writes them: RFC 3339, in UTC, to the microsecond, which is what PostgreSQL keeps. */
public final class Rfc3339 {

    private static final Pattern DATE_TIME =
            Pattern.compile("(?!0000)\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
    private static final DateTimeFormatter MICROSECONDS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(Locale.ROOT);

    private Rfc3339() {}

    public static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    public static String format(Instant instant) {
        return MICROSECONDS.format(instant);
    }

    /** Throws IllegalArgumentException, with a message for the client, for anything but a date-time with an offset. */
    public static Instant parse(String text) {
        var upperCase = text.toUpperCase(Locale.ROOT);
        if (DATE_TIME.matcher(upperCase).matches()) {
            try {
                var instant = OffsetDateTime.parse(upperCase).toInstant().truncatedTo(ChronoUnit.MICROS);
                // An offset may carry the first or last day of the calendar out of the four digits of a year.
                if (DATE_TIME.matcher(format(instant)).matches()) {
                    return instant;
                }
            } catch (DateTimeException e) {
                // a date that is in no calendar; answered below
            }
        }
        throw new IllegalArgumentException("must be an RFC 3339 time such as 2026-11-20T10:00:00Z");
    }
}
