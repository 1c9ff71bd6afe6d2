package dev.todo.task.recurrence;

import dev.todo.http.json.JsonStringDeserializer;
import java.time.ZoneId;
import java.time.zone.ZoneRulesProvider;

/** Reads the IANA name of a time zone. Offsets and Java's own abbreviations are rejected. */
public class TimeZoneName extends JsonStringDeserializer<ZoneId> {

    TimeZoneName() {
        super(ZoneId.class, TimeZoneName::parse);
    }

    private static ZoneId parse(String name) {
        if (!ZoneRulesProvider.getAvailableZoneIds().contains(name)) {
            throw new IllegalArgumentException("must be an IANA time zone such as Europe/Berlin");
        }
        return ZoneId.of(name);
    }
}
