package dev.todo.task.recurrence;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** An entry of BYDAY: every such weekday, or the n-th in its month or year, counted from the end if n is negative. */
record Weekday(DayOfWeek day, int ordinal) {

    static Weekday parse(String text) {
        var name = text.substring(text.length() - 2);
        var ordinal = text.substring(0, text.length() - 2);
        return new Weekday(
                switch (name) {
                    case "MO" -> DayOfWeek.MONDAY;
                    case "TU" -> DayOfWeek.TUESDAY;
                    case "WE" -> DayOfWeek.WEDNESDAY;
                    case "TH" -> DayOfWeek.THURSDAY;
                    case "FR" -> DayOfWeek.FRIDAY;
                    case "SA" -> DayOfWeek.SATURDAY;
                    default -> DayOfWeek.SUNDAY;
                },
                ordinal.isEmpty() ? 0 : Integer.parseInt(ordinal));
    }

    boolean hasOrdinal() {
        return ordinal != 0;
    }

    boolean isOn(LocalDate date, Frequency frequency) {
        if (date.getDayOfWeek() != day) {
            return false;
        }
        return frequency == Frequency.YEARLY
                ? isOn(date.getDayOfYear(), date.lengthOfYear())
                : isOn(date.getDayOfMonth(), date.lengthOfMonth());
    }

    private boolean isOn(int dayOfPeriod, int length) {
        return ordinal == 0 || ordinal == (dayOfPeriod - 1) / 7 + 1 || ordinal == (dayOfPeriod - length) / 7 - 1;
    }
}
