package dev.todo.task.recurrence;

import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The days of a rule without an end, by the table of RFC 5545, section 3.3.10: in each period that counts, the days
 * that match BYDAY and BYMONTHDAY, or the one that corresponds to the start if the rule has neither.
 */
record DateRule(Frequency frequency, int interval, List<Weekday> weekdays, List<Integer> monthDays) {

    private static final int LAST_YEAR = 9999;

    static DateRule of(RuleParts parts) {
        var rule = new DateRule(
                Frequency.valueOf(parts.value("FREQ").orElseThrow(DateRule::invalid)),
                parts.value("INTERVAL").map(Integer::valueOf).orElse(1),
                parts.list("BYDAY").map(Weekday::parse).toList(),
                parts.list("BYMONTHDAY").map(Integer::valueOf).toList());
        if (!rule.isValid()) {
            throw invalid();
        }
        return rule;
    }

    private boolean isValid() {
        return switch (frequency) {
            case DAILY -> weekdays.stream().noneMatch(Weekday::hasOrdinal);
            case WEEKLY -> weekdays.stream().noneMatch(Weekday::hasOrdinal) && monthDays.isEmpty();
            case MONTHLY, YEARLY -> true;
        };
    }

    private static IllegalArgumentException invalid() {
        return new IllegalArgumentException("must be a valid RRULE (RFC 5545, section 3.3.10)");
    }

    /** The days after the start, in order, up to the year 9999. Days before the earliest may be missing. */
    Iterable<LocalDate> from(LocalDate start, LocalDate earliest) {
        return () -> new Days(start, earliest);
    }

    private boolean includes(LocalDate day, LocalDate start) {
        if (weekdays.isEmpty() && monthDays.isEmpty()) {
            return frequency.isSameDayOfPeriod(day, start);
        }
        return (weekdays.isEmpty() || weekdays.stream().anyMatch(weekday -> weekday.isOn(day, frequency)))
                && (monthDays.isEmpty()
                        || monthDays.contains(day.getDayOfMonth())
                        || monthDays.contains(day.getDayOfMonth() - day.lengthOfMonth() - 1));
    }

    private class Days implements Iterator<LocalDate> {

        private final LocalDate start;
        private LocalDate period;
        private LocalDate day;
        private LocalDate next;

        Days(LocalDate start, LocalDate earliest) {
            this.start = start;
            var first = frequency.firstDayOfPeriod(start);
            var passed = Math.max(0, frequency.periodsBetween(first, earliest));
            this.period = frequency.plus(first, passed - passed % interval);
            this.day = period;
            advance();
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
            next = null;
            // A rule without a day in a whole cycle of the calendar never has one, for example BYDAY=5MO;BYMONTHDAY=1
            for (var empty = 0; next == null && empty <= frequency.cycle && day.getYear() <= LAST_YEAR; empty++) {
                nextInPeriod();
                if (next == null) {
                    period = frequency.plus(period, interval);
                    day = period;
                }
            }
        }

        private void nextInPeriod() {
            var end = frequency.plus(period, 1);
            while (next == null && day.isBefore(end)) {
                if (day.isAfter(start) && includes(day, start) && day.getYear() <= LAST_YEAR) {
                    next = day;
                }
                day = day.plusDays(1);
            }
        }
    }
}
