package dev.todo.task.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjuster;
import java.time.temporal.TemporalAdjusters;

/** The periods of a rule, and the days in them that it means if it names none. */
enum Frequency {
    DAILY(ChronoUnit.DAYS, day -> day, 146_097),
    // RFC 5545: a week begins on Monday unless WKST says otherwise
    WEEKLY(ChronoUnit.WEEKS, TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY), 20_871),
    MONTHLY(ChronoUnit.MONTHS, TemporalAdjusters.firstDayOfMonth(), 4_800),
    YEARLY(ChronoUnit.YEARS, TemporalAdjusters.firstDayOfYear(), 400);

    private final ChronoUnit unit;
    private final TemporalAdjuster toFirstDay;

    /** The number of periods after which the Gregorian calendar repeats: 400 years, which are whole weeks. */
    final int cycle;

    Frequency(ChronoUnit unit, TemporalAdjuster toFirstDay, int cycle) {
        this.unit = unit;
        this.toFirstDay = toFirstDay;
        this.cycle = cycle;
    }

    LocalDate firstDayOfPeriod(LocalDate day) {
        return day.with(toFirstDay);
    }

    LocalDate plus(LocalDate firstDay, long periods) {
        return firstDay.plus(periods, unit);
    }

    long periodsBetween(LocalDate firstDay, LocalDate later) {
        return unit.between(firstDay, later);
    }

    boolean isSameDayOfPeriod(LocalDate day, LocalDate start) {
        return switch (this) {
            case DAILY -> true;
            case WEEKLY -> day.getDayOfWeek() == start.getDayOfWeek();
            case MONTHLY -> day.getDayOfMonth() == start.getDayOfMonth();
            case YEARLY -> day.getDayOfMonth() == start.getDayOfMonth() && day.getMonth() == start.getMonth();
        };
    }
}
