package dev.todo.task.transfer;

import com.github.mangstadt.vinnie.io.VObjectWriter;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Writes a time zone as a VTIMEZONE (RFC 5545, section 3.6.5), with its changes from 1970 to 2037, the range that other
 * programs support too.
 */
final class TimeZoneComponent {

    static final DateTimeFormatter LOCAL_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss", Locale.ROOT);

    private static final LocalDateTime FIRST = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final LocalDateTime LAST = LocalDateTime.of(2038, 1, 1, 0, 0);

    /** Groups equal changes of the offset. */
    private record Observance(String component, ZoneOffset from, ZoneOffset to) {}

    private TimeZoneComponent() {}

    static void write(VObjectWriter calendar, String name) throws IOException {
        calendar.writeBeginComponent("VTIMEZONE");
        calendar.writeProperty("TZID", name);
        for (var observance : observances(ZoneId.of(name)).entrySet()) {
            write(calendar, observance.getKey(), observance.getValue());
        }
        calendar.writeEndComponent("VTIMEZONE");
    }

    private static Map<Observance, List<LocalDateTime>> observances(ZoneId zone) {
        var rules = zone.getRules();
        var onsets = new LinkedHashMap<Observance, List<LocalDateTime>>();
        var start = FIRST.atZone(zone).toInstant();
        var offset = rules.getOffset(start);
        onsets.put(new Observance(component(zone, start), offset, offset), new ArrayList<>(List.of(FIRST)));
        for (var change = rules.nextTransition(start);
                change != null && change.getDateTimeBefore().isBefore(LAST);
                change = rules.nextTransition(change.getInstant())) {
            onsets.computeIfAbsent(observance(zone, change), key -> new ArrayList<>())
                    .add(change.getDateTimeBefore());
        }
        return onsets;
    }

    private static Observance observance(ZoneId zone, ZoneOffsetTransition change) {
        return new Observance(component(zone, change.getInstant()), change.getOffsetBefore(), change.getOffsetAfter());
    }

    private static String component(ZoneId zone, Instant time) {
        return zone.getRules().isDaylightSavings(time) ? "DAYLIGHT" : "STANDARD";
    }

    private static void write(VObjectWriter calendar, Observance observance, List<LocalDateTime> onsets)
            throws IOException {
        calendar.writeBeginComponent(observance.component);
        calendar.writeProperty("DTSTART", LOCAL_TIME.format(onsets.get(0)));
        calendar.writeProperty("TZOFFSETFROM", offset(observance.from));
        calendar.writeProperty("TZOFFSETTO", offset(observance.to));
        if (onsets.size() > 1) {
            calendar.writeProperty(
                    "RDATE", onsets.stream().skip(1).map(LOCAL_TIME::format).collect(Collectors.joining(",")));
        }
        calendar.writeEndComponent(observance.component);
    }

    /** An offset such as +0530, with seconds if there are any. */
    private static String offset(ZoneOffset offset) {
        var text = offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId();
        return text.replace(":", "");
    }
}
