package dev.todo.recurrence;

import java.time.LocalDate;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.dmfs.rfc5545.DateTime;
import org.dmfs.rfc5545.recur.InvalidRecurrenceRuleException;
import org.dmfs.rfc5545.recur.RecurrenceRule;
import org.dmfs.rfc5545.recur.RecurrenceRule.RfcMode;
import org.dmfs.rfc5545.recur.RecurrenceRuleIterator;

/** The days of an endless rule. Nothing in our subset looks at the time of day, so the library gets to see days only. */
record DateRule(String endless) {

    private static final int LAST_YEAR = 9999;

    static DateRule of(RuleParts parts) {
        var rule = new DateRule(parts.endless());
        try {
            rule.parsed();
        } catch (InvalidRecurrenceRuleException e) {
            throw new IllegalArgumentException("must be valid by RFC 5545, section 3.3.10");
        }
        return rule;
    }

    /** The days after the start, in order, to the year 9999. Some of those before the earliest may be left out. */
    Iterable<LocalDate> from(LocalDate start, LocalDate earliest) {
        return () -> {
            try {
                var days = parsed().iterator(day(start));
                days.fastForward(day(earliest));
                return new Days(days, start);
            } catch (InvalidRecurrenceRuleException e) {
                throw new IllegalStateException(e);
            } catch (IllegalArgumentException e) {
                // Thousands of periods in a row have no such day, as with every twelfth month's 31st from February on
                return Collections.emptyIterator();
            }
        };
    }

    // For each use anew: the library's rules change when they are iterated.
    private RecurrenceRule parsed() throws InvalidRecurrenceRuleException {
        return new RecurrenceRule(endless, RfcMode.RFC5545_STRICT);
    }

    private static DateTime day(LocalDate date) {
        return new DateTime(date.getYear(), date.getMonthValue() - 1, date.getDayOfMonth());
    }

    private static class Days implements Iterator<LocalDate> {

        private final RecurrenceRuleIterator days;
        private LocalDate next;

        Days(RecurrenceRuleIterator days, LocalDate start) {
            this.days = days;
            advance();
            if (start.equals(next)) {
                advance();
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public LocalDate next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            var current = next;
            advance();
            return current;
        }

        private void advance() {
            try {
                var day = days.nextDateTime();
                next = day.getYear() > LAST_YEAR
                        ? null
                        : LocalDate.of(day.getYear(), day.getMonth() + 1, day.getDayOfMonth());
            } catch (IllegalArgumentException e) {
                next = null;
            }
        }
    }
}
