package dev.todo.task.recurrence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FREQ=DAILY                             | 2026-11-21 | 2026-11-22 2026-11-23 2026-11-24",
                "FREQ=DAILY;INTERVAL=10                 | 2026-12-25 | 2027-01-04 2027-01-14 2027-01-24",
                "FREQ=WEEKLY                            | 2026-11-21 | 2026-11-28 2026-12-05 2026-12-12",
                "FREQ=WEEKLY;BYDAY=MO,FR                | 2026-11-23 | 2026-11-27 2026-11-30 2026-12-04",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR     | 2026-11-23 | 2026-11-27 2026-12-07 2026-12-11",
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO     | 2026-11-23 | 2026-11-29 2026-12-07 2026-12-13",
                "FREQ=MONTHLY                           | 2026-01-31 | 2026-03-31 2026-05-31 2026-07-31",
                "FREQ=MONTHLY;BYMONTHDAY=-1             | 2027-12-31 | 2028-01-31 2028-02-29 2028-03-31",
                "FREQ=MONTHLY;BYMONTHDAY=30,31          | 2026-01-31 | 2026-03-30 2026-03-31 2026-04-30",
                "FREQ=MONTHLY;BYDAY=2TU                 | 2026-11-10 | 2026-12-08 2027-01-12 2027-02-09",
                "FREQ=MONTHLY;BYDAY=-1FR                | 2026-11-27 | 2026-12-25 2027-01-29 2027-02-26",
                "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13    | 2026-11-13 | 2027-08-13 2028-10-13 2029-04-13",
                "FREQ=YEARLY                            | 2024-02-29 | 2028-02-29 2032-02-29 2036-02-29",
                "FREQ=YEARLY;INTERVAL=3                 | 2026-05-01 | 2029-05-01 2032-05-01 2035-05-01",
                "FREQ=YEARLY;BYMONTHDAY=17              | 2026-11-17 | 2026-12-17 2027-01-17 2027-02-17",
                "FREQ=YEARLY;INTERVAL=2;BYMONTHDAY=-1   | 2026-11-30 | 2026-12-31 2028-01-31 2028-02-29",
                "FREQ=YEARLY;BYDAY=FR;BYMONTHDAY=13     | 2026-11-13 | 2027-08-13 2028-10-13 2029-04-13",
                "FREQ=YEARLY;BYDAY=MO                   | 2026-12-21 | 2026-12-28 2027-01-04 2027-01-11",
                "FREQ=YEARLY;BYDAY=-1SU                 | 2026-12-27 | 2027-12-26 2028-12-31 2029-12-30",
                "FREQ=YEARLY;BYDAY=53TH                 | 2026-12-31 | 2032-12-30 2037-12-31 2043-12-31",
                "FREQ=MONTHLY;BYDAY=1FR,WE              | 2026-12-01 | 2026-12-02 2026-12-04 2026-12-09",
                "FREQ=MONTHLY;BYDAY=FR,FR;BYMONTHDAY=13,+13 | 2026-11-13 | 2027-08-13 2028-10-13 2029-04-13",
                "FREQ=MONTHLY;BYMONTHDAY=31,1           | 2026-11-01 | 2026-12-01 2026-12-31 2027-01-01",
                "FREQ=YEARLY;BYDAY=20MO                 | 1997-05-19 | 1998-05-18 1999-05-17 2000-05-15",
                "FREQ=DAILY;BYDAY=SA;BYMONTHDAY=1       | 2026-08-01 | 2027-05-01 2028-01-01 2028-04-01",
                // A start that does not match the rule counts as a date, and the rule continues from there
                "FREQ=WEEKLY;BYDAY=MO                   | 2026-11-21 | 2026-11-23 2026-11-30 2026-12-07",
            })
    void dates_match_the_RFC(String rule, String start, String expected) {
        assertEquals(List.of(expected.split(" ")), days(rule, start, 3));
    }

    /** dates.py, next to the table, generates it. */
    @ParameterizedTest
    @CsvFileSource(resources = "dates.txt", delimiter = '|', maxCharsPerColumn = 1_000)
    void dates_match_python_dateutil(String rule, String start, String expected) {
        var dates = expected == null ? List.of() : List.of(expected.split(" "));

        assertEquals(dates, days(rule, start, 6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
                "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1;COUNT=9999",
                "FREQ=MONTHLY;BYDAY=6MO",
                "FREQ=YEARLY;BYDAY=1MO;BYMONTHDAY=8",
                "FREQ=YEARLY;INTERVAL=9999;BYDAY=1MO;BYMONTHDAY=8",
                "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31",
                "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
                "FREQ=DAILY;INTERVAL=9996;BYDAY=TU"
            })
    void a_rule_without_dates_is_exhausted_immediately(String rule) {
        // A Monday
        var start = at("0001-02-05T00:00");

        var next = assertTimeout(
                Duration.ofSeconds(1),
                () -> Recurrence.parse(rule).next(start, ZoneOffset.UTC, Instant.parse("2026-11-21T00:00:00Z")));

        assertTrue(next.isEmpty());
    }

    @Test
    void keeps_a_date_on_a_day_the_time_zone_skipped() {
        // Samoa skipped 30 December 2011
        var zone = ZoneId.of("Pacific/Apia");
        var after = LocalDateTime.parse("2011-12-31T05:00").atZone(zone).toInstant();

        var next = Recurrence.parse("FREQ=WEEKLY")
                .next(at("2011-12-23T10:00"), zone, after)
                .orElseThrow();

        assertEquals(at("2011-12-30T10:00"), next.local());
        assertEquals(Instant.parse("2011-12-30T20:00:00Z"), next.at());
    }

    @Test
    void keeps_the_time_of_day_across_daylight_saving() {
        var rule = Recurrence.parse("FREQ=DAILY");

        var next = rule.next(at("2027-03-27T09:30"), BERLIN, Instant.parse("2027-03-27T08:30:00Z"))
                .orElseThrow();

        assertEquals(Instant.parse("2027-03-28T07:30:00Z"), next.at());
    }

    @Test
    void a_skipped_time_uses_the_offset_before_and_returns_the_next_day() {
        var rule = Recurrence.parse("FREQ=DAILY");

        var skipped = rule.next(at("2027-03-13T02:30"), NEW_YORK, Instant.parse("2027-03-13T07:30:00Z"))
                .orElseThrow();
        var after = rule.next(skipped.local(), NEW_YORK, skipped.at()).orElseThrow();

        assertEquals(Instant.parse("2027-03-14T07:30:00Z"), skipped.at());
        assertEquals(at("2027-03-14T02:30"), skipped.local());
        assertEquals(Instant.parse("2027-03-15T06:30:00Z"), after.at());
    }

    @Test
    void uses_the_first_of_a_repeated_time() {
        var next = Recurrence.parse("FREQ=WEEKLY")
                .next(at("2026-10-25T01:30"), NEW_YORK, Instant.parse("2026-10-25T05:30:00Z"))
                .orElseThrow();

        assertEquals(Instant.parse("2026-11-01T05:30:00Z"), next.at());
    }

    @Test
    void keeps_microseconds() {
        var next = Recurrence.parse("FREQ=DAILY").next(at("2026-11-21T10:00:00.123456"), ZoneOffset.UTC, Instant.EPOCH);

        assertEquals(
                Instant.parse("2026-11-22T10:00:00.123456Z"), next.orElseThrow().at());
    }

    @Test
    void skips_past_dates_and_counts_them() {
        var rule = Recurrence.parse("COUNT=5;FREQ=DAILY");

        var next = rule.next(at("2026-11-01T10:00"), ZoneOffset.UTC, Instant.parse("2026-11-03T10:00:00Z"))
                .orElseThrow();

        assertEquals(Instant.parse("2026-11-04T10:00:00Z"), next.at());
        assertEquals("COUNT=2;FREQ=DAILY", next.recurrence());
    }

    @Test
    void intervals_keep_their_step_over_past_dates() {
        var next = Recurrence.parse("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE")
                .next(at("2020-01-06T10:00"), ZoneOffset.UTC, Instant.parse("2026-11-21T00:00:00Z"))
                .orElseThrow();

        // 2026-11-16 is an even number of weeks after 2020-01-06, 2026-11-23 is not
        assertEquals(Instant.parse("2026-11-30T10:00:00Z"), next.at());
    }

    @ParameterizedTest
    @CsvSource({
        "FREQ=DAILY;COUNT=1, 2026-11-21T10:00",
        "FREQ=DAILY;UNTIL=20261121, 2026-11-21T10:00",
        "FREQ=DAILY;UNTIL=20261122T095959Z, 2026-11-21T10:00",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31, 2026-02-01T10:00",
        "FREQ=YEARLY;INTERVAL=9999, 2026-02-01T10:00",
        "FREQ=DAILY, 9999-12-31T10:00"
    })
    void a_rule_is_exhausted_at_its_end(String rule, String start) {
        assertTrue(Recurrence.parse(rule)
                .next(at(start), ZoneOffset.UTC, Instant.EPOCH)
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"FREQ=DAILY;COUNT=2", "FREQ=DAILY;UNTIL=20261122", "FREQ=DAILY;UNTIL=20261122T100000Z"})
    void the_end_date_is_inclusive(String rule) {
        assertTrue(Recurrence.parse(rule)
                .next(at("2026-11-21T10:00"), ZoneOffset.UTC, Instant.EPOCH)
                .isPresent());
    }

    @Test
    void an_end_date_is_a_day_in_the_time_zone() {
        var rule = Recurrence.parse("FREQ=DAILY;UNTIL=20261122");
        var lateInNewYork = Instant.parse("2026-11-23T04:59:59Z");

        assertFalse(rule.endsBefore(lateInNewYork, NEW_YORK));
        assertTrue(rule.endsBefore(lateInNewYork, ZoneOffset.UTC));
        assertTrue(rule.endsBefore(lateInNewYork.plusSeconds(1), NEW_YORK));
    }

    @Test
    void computes_dates_quickly_from_a_start_long_ago() {
        var rules = List.of("FREQ=DAILY", "FREQ=DAILY;COUNT=9999", "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU");

        assertTimeout(
                Duration.ofSeconds(1),
                () -> rules.forEach(rule -> Recurrence.parse(rule)
                        .next(at("0001-01-01T00:00"), ZoneOffset.UTC, Instant.parse("2026-11-21T00:00:00Z"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=DAILY",
                "INTERVAL=2;FREQ=WEEKLY",
                "FREQ=MONTHLY;BYDAY=+1MO,-1FR",
                "FREQ=YEARLY;BYDAY=53SU",
                "FREQ=MONTHLY;BYMONTHDAY=1,-31",
                "FREQ=DAILY;UNTIL=20280229",
                "FREQ=DAILY;COUNT=9999"
            })
    void accepts_rules_of_the_subset_and_keeps_them_as_sent(String rule) {
        assertEquals(rule, Recurrence.parse(rule).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "daily",
                "RRULE:FREQ=DAILY",
                "freq=daily",
                "FREQ=daily",
                "FREQ=HOURLY",
                "FREQ=SECONDLY",
                "INTERVAL=2",
                "FREQ=DAILY;",
                ";FREQ=DAILY",
                " FREQ=DAILY",
                "FREQ=DAILY;INTERVAL=0",
                "FREQ=DAILY;INTERVAL=-1",
                "FREQ=DAILY;INTERVAL=99999",
                "FREQ=DAILY;INTERVAL",
                "FREQ=DAILY;INTERVAL=",
                "FREQ=DAILY;COUNT=0",
                "FREQ=DAILY;COUNT=x",
                "FREQ=DAILY;FREQ=WEEKLY",
                "FREQ=DAILY;COUNT=2;UNTIL=20270101",
                "FREQ=DAILY;UNTIL=2027-01-01",
                "FREQ=DAILY;UNTIL=20270229",
                "FREQ=DAILY;UNTIL=20270101T100000",
                "FREQ=DAILY;UNTIL=20270101T250000Z",
                "FREQ=DAILY;BYDAY=XX",
                "FREQ=DAILY;BYDAY=1MO",
                "FREQ=WEEKLY;BYDAY=1MO",
                "FREQ=MONTHLY;BYDAY=0MO",
                "FREQ=YEARLY;BYDAY=54MO",
                "FREQ=YEARLY;BYDAY=-00MO",
                "FREQ=DAILY;BYDAY=-1MO",
                "FREQ=WEEKLY;BYDAY=MO,-1FR",
                "FREQ=MONTHLY;BYMONTHDAY=00",
                "FREQ=MONTHLY;BYMONTHDAY=-32",
                "FREQ=WEEKLY;BYMONTHDAY=1",
                "FREQ=MONTHLY;BYMONTHDAY=0",
                "FREQ=MONTHLY;BYMONTHDAY=32",
                "FREQ=MONTHLY;BYMONTHDAY=1,",
                "FREQ=WEEKLY;WKST=MO",
                "FREQ=YEARLY;BYMONTH=1",
                "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1",
                "FREQ=DAILY;BYHOUR=1",
                "FREQ=YEARLY;BYWEEKNO=1",
                "FREQ=YEARLY;BYYEARDAY=1",
                "FREQ=DAILY;RSCALE=GREGORIAN",
                "FREQ=DAILY;X-THING=1",
                "FREQ=DAILY\nCOUNT=2"
            })
    void rejects_rules_outside_the_subset(String rule) {
        assertThrows(IllegalArgumentException.class, () -> Recurrence.parse(rule));
    }

    private static List<String> days(String rule, String start, int number) {
        var days = new ArrayList<String>();
        var local = at(start + "T12:00");
        for (var i = 0; i < number; i++) {
            // Always from the first date; another test covers chains of tasks
            var next =
                    Recurrence.parse(rule).next(at(start + "T12:00"), ZoneOffset.UTC, local.toInstant(ZoneOffset.UTC));
            if (next.isEmpty()) {
                break;
            }
            local = next.get().local();
            days.add(local.toLocalDate().toString());
        }
        return days;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU",
                "FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1FR",
                "FREQ=YEARLY;BYMONTHDAY=31;INTERVAL=2",
                "FREQ=MONTHLY;BYMONTHDAY=29"
            })
    void restarting_the_rule_at_each_date_gives_the_same_dates(String rule) {
        var first = days(rule, "2026-01-31", 1).get(0);
        var chain = new ArrayList<String>();
        for (var day = first; chain.size() < 10; ) {
            day = days(rule, day, 1).get(0);
            chain.add(day);
        }

        assertEquals(days(rule, first, 10), chain);
    }

    private static LocalDateTime at(String local) {
        return LocalDateTime.parse(local);
    }
}
