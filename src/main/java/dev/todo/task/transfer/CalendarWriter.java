package dev.todo.task.transfer;

import com.github.mangstadt.vinnie.SyntaxStyle;
import com.github.mangstadt.vinnie.VObjectParameters;
import com.github.mangstadt.vinnie.io.VObjectPropertyValues;
import com.github.mangstadt.vinnie.io.VObjectWriter;
import dev.todo.task.TaskView;
import dev.todo.task.recurrence.Recurrence;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Writes tasks as VTODOs (RFC 5545, section 3.6.2) of one calendar, each after the VTIMEZONE that it needs. */
class CalendarWriter implements TaskWriter {

    private final VObjectWriter calendar;
    private final Set<String> definedZones = new HashSet<>();

    CalendarWriter(OutputStream file) throws IOException {
        this.calendar = new VObjectWriter(
                new OutputStreamWriter(new FoldedLines(file), StandardCharsets.UTF_8), SyntaxStyle.NEW);
        // The writer counts characters, but the RFC counts octets
        calendar.getFoldedLineWriter().setLineLength(null);
        calendar.writeBeginComponent("VCALENDAR");
        calendar.writeVersion("2.0");
        calendar.writeProperty("PRODID", "-//todo-service//Tasks//EN");
    }

    @Override
    public void write(TaskView task) throws IOException {
        var isLocal = task.recurrence() != null && task.timezone() != null;
        if (isLocal && definedZones.add(task.timezone())) {
            TimeZoneComponent.write(calendar, task.timezone());
        }
        calendar.writeBeginComponent("VTODO");
        calendar.writeProperty("UID", task.id().toString());
        writeTime("DTSTAMP", task.updatedAt());
        writeTime("CREATED", task.createdAt());
        writeTime("LAST-MODIFIED", task.updatedAt());
        calendar.writeProperty("SUMMARY", text(task.title()));
        if (task.description() != null) {
            calendar.writeProperty("DESCRIPTION", text(task.description()));
        }
        calendar.writeProperty("PRIORITY", priority(task));
        calendar.writeProperty("STATUS", task.completed() ? "COMPLETED" : "NEEDS-ACTION");
        if (task.completed()) {
            writeTime("COMPLETED", task.completedAt());
        }
        if (task.tags().length > 0) {
            calendar.writeProperty(
                    "CATEGORIES",
                    VObjectPropertyValues.writeList(Arrays.stream(task.tags())
                            .map(CalendarWriter::withoutControls)
                            .toList()));
        }
        if (task.recurrence() != null) {
            writeRecurrence(task, isLocal);
        } else if (task.dueAt() != null) {
            writeTime("DUE", task.dueAt());
        }
        calendar.writeEndComponent("VTODO");
    }

    /**
     * A rule needs DTSTART. The RFC wants it to be before DUE, but then the rule would be calculated from a different
     * time than ours; other programs make them equal too.
     */
    private void writeRecurrence(TaskView task, boolean isLocal) throws IOException {
        for (var property : new String[] {"DTSTART", "DUE"}) {
            if (isLocal) {
                var zone = new VObjectParameters();
                zone.put("TZID", task.timezone());
                var local = LocalDateTime.ofInstant(task.dueAt(), ZoneId.of(task.timezone()));
                calendar.writeProperty(null, property, zone, TimeZoneComponent.LOCAL_TIME.format(local));
            } else {
                writeTime(property, task.dueAt());
            }
        }
        var zone = isLocal ? ZoneId.of(task.timezone()) : ZoneOffset.UTC;
        // If DTSTART has a time of day, UNTIL has to be a UTC time
        var rule = Recurrence.parse(task.recurrence())
                .end(zone)
                .map(end -> task.recurrence().replaceFirst("UNTIL=[^;]+", "UNTIL=" + utc(end)))
                .orElse(task.recurrence());
        calendar.writeProperty("RRULE", rule);
    }

    private void writeTime(String property, Instant time) throws IOException {
        calendar.writeProperty(property, utc(time));
    }

    private static String utc(Instant time) {
        return TimeZoneComponent.LOCAL_TIME.format(time.atOffset(ZoneOffset.UTC)) + "Z";
    }

    /** The writer escapes line breaks. */
    private static String text(String text) {
        return VObjectPropertyValues.escape(withoutControls(text));
    }

    /** RFC 5545 cannot represent control characters other than tabs and line breaks. */
    private static String withoutControls(String text) {
        return text.replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]", "");
    }

    /** RFC 5545, section 3.8.1.9. */
    private static String priority(TaskView task) {
        return switch (task.priority()) {
            case HIGH -> "1";
            case MEDIUM -> "5";
            case LOW -> "9";
        };
    }

    @Override
    public void flush() throws IOException {
        calendar.flush();
    }

    @Override
    public void close() throws IOException {
        calendar.writeEndComponent("VCALENDAR");
        calendar.close();
    }
}
