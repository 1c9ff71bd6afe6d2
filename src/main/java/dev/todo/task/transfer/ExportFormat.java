package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** The file formats for exports. */
enum ExportFormat {
    JSON("json", "application/json") {
        @Override
        TaskWriter to(OutputStream file, ObjectMapper json) throws IOException {
            return new JsonArrayWriter(file, json);
        }
    },
    CSV("csv", "text/csv;charset=UTF-8;header=present") {
        @Override
        TaskWriter to(OutputStream file, ObjectMapper json) {
            return new TableWriter(file, json);
        }
    },
    ICS("ics", "text/calendar;charset=UTF-8") {
        @Override
        TaskWriter to(OutputStream file, ObjectMapper json) throws IOException {
            return new CalendarWriter(file);
        }
    };

    final String label;
    final String mediaType;

    ExportFormat(String label, String mediaType) {
        this.label = label;
        this.mediaType = mediaType;
    }

    abstract TaskWriter to(OutputStream file, ObjectMapper json) throws IOException;

    static ExportFormat of(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be json, csv or ics"));
    }
}
