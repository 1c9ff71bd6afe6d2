package dev.todo.task.recurrence;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.json.JsonStringDeserializer;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A recurrence rule: the subset of RFC 5545's RRULE (section 3.3.10) with FREQ from daily to yearly, INTERVAL, BYDAY,
 * BYMONTHDAY, COUNT and UNTIL. It is calculated in local time, so the time of day stays the same across daylight
 * saving; skipped and repeated times follow section 3.3.5.
 */
@JsonDeserialize(using = Recurrence.FromJson.class)
public final class Recurrence {

    private final String text;
    private final DateRule dates;
    private final OptionalInt count;
    private final Optional<Until> until;

    private Recurrence(RuleParts parts) {
        this.text = parts.text();
        this.dates = DateRule.of(parts);
        this.count = parts.count();
        this.until = parts.value("UNTIL").map(Until::parse);
    }

    /** Parses a rule. Throws IllegalArgumentException with a message for the client if it is outside the subset. */
    public static Recurrence parse(String text) {
        return new Recurrence(RuleParts.of(text));
    }

    /** Whether the rule ends before this time. */
    public boolean endsBefore(Instant due, ZoneId zone) {
        return until.filter(end -> end.isBefore(due, zone)).isPresent();
    }

    /**
     * The first date of the rule after an instant, or empty if the rule ends before. The start is the first date of the
     * rule, whether it matches or not, and the dates in between count.
     */
    public Optional<Occurrence> next(LocalDateTime start, ZoneId zone, Instant after) {
        var passed = 1;
        // The clocks may have skipped a day, which moves the day before past the instant
        var earliest = count.isPresent()
                ? start.toLocalDate()
                : after.atZone(zone).toLocalDate().minusDays(1);
        for (var date : dates.from(start.toLocalDate(), earliest)) {
            var local = date.atTime(start.toLocalTime());
            // A skipped time uses the offset before the gap, a repeated one is the first of the two, as in the RFC
            var at = local.atZone(zone).toInstant();
            if (endsBefore(at, zone) || passed >= count.orElse(Integer.MAX_VALUE)) {
                return Optional.empty();
            }
            if (at.isAfter(after)) {
                return Optional.of(new Occurrence(local, at, reduced(passed)));
            }
            passed++;
        }
        return Optional.empty();
    }

    /** UNTIL as an instant, which RFC 5545 requires if the start has a time of day. */
    public Optional<Instant> end(ZoneId zone) {
        return until.map(end -> end.last(zone));
    }

    private String reduced(int passed) {
        return count.isPresent() ? text.replaceFirst("COUNT=\\d+", "COUNT=" + (count.getAsInt() - passed)) : text;
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recurrence recurrence && text.equals(recurrence.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /**
     * A date of a rule.
     *
     * @param local the local time that the rule intends, which the clocks may have skipped
     * @param at the instant of that time
     * @param recurrence the rest of the rule, from this date on
     */
    public record Occurrence(LocalDateTime local, Instant at, String recurrence) {}

    static class FromJson extends JsonStringDeserializer<Recurrence> {
        FromJson() {
            super(Recurrence.class, Recurrence::parse);
        }
    }
}
