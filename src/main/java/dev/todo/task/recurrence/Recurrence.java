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
 * A rule by which something comes again: RFC 5545's RRULE (section 3.3.10) as far as FREQ from daily to yearly, INTERVAL,
 * BYDAY, BYMONTHDAY, COUNT and UNTIL go. It is reckoned in local time, and so keeps its time of day across daylight
 * saving: a time that is skipped or doubled is what section 3.3.5 makes of it.
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

    /** Throws IllegalArgumentException, with a message for the client, for what is outside of the subset. */
    public static Recurrence parse(String text) {
        return new Recurrence(RuleParts.of(text));
    }

    /** Whether the rule allows nothing at this time any more. */
    public boolean endsBefore(Instant due, ZoneId zone) {
        return until.filter(end -> end.isBefore(due, zone)).isPresent();
    }

    /**
     * The first date of the rule after an instant, or nothing where the rule is exhausted before. The start is the first
     * date of the rule, whether it fits or not, and what lies between counts.
     */
    public Optional<Occurrence> next(LocalDateTime start, ZoneId zone, Instant after) {
        var passed = 1;
        // The clocks may have skipped a day, and so moved the one before past the instant
        var earliest = count.isPresent()
                ? start.toLocalDate()
                : after.atZone(zone).toLocalDate().minusDays(1);
        for (var date : dates.from(start.toLocalDate(), earliest)) {
            var local = date.atTime(start.toLocalTime());
            // Of a time that is skipped the offset before holds, of a doubled one the first counts: as in the RFC
            var at = local.atZone(zone).toInstant();
            if (endsBefore(at, zone) || passed >= count.orElse(Integer.MAX_VALUE)) {
                return Optional.empty();
            }
            if (at.isAfter(after)) {
                return Optional.of(new Occurrence(local, at, lowered(passed)));
            }
            passed++;
        }
        return Optional.empty();
    }

    /** The instant of UNTIL, as RFC 5545 wants it beside a start that has a time of day. */
    public Optional<Instant> end(ZoneId zone) {
        return until.map(end -> end.last(zone));
    }

    private String lowered(int passed) {
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
     * @param local the time of day that the rule means, which the clocks may have skipped
     * @param at when that is
     * @param recurrence the rule from there on
     */
    public record Occurrence(LocalDateTime local, Instant at, String recurrence) {}

    static class FromJson extends JsonStringDeserializer<Recurrence> {
        FromJson() {
            super(Recurrence.class, Recurrence::parse);
        }
    }
}
