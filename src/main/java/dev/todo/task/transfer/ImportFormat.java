package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.Reader;

/** What a file of tasks to be added may be. */
enum ImportFormat {
    JSON {
        @Override
        Rows rows(Reader text, ObjectMapper json) throws IOException {
            return new ArrayRows(text, json);
        }
    },
    CSV {
        @Override
        Rows rows(Reader text, ObjectMapper json) {
            return new TableRows(text, json);
        }
    };

    abstract Rows rows(Reader text, ObjectMapper json) throws IOException;

    /** Of the two media types that are let in; JSON, as everywhere, if there is none. */
    static ImportFormat of(MediaType type) {
        return type != null && type.getSubtype().equalsIgnoreCase("csv") ? CSV : JSON;
    }
}
