package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.Reader;

/** The file formats for imports. */
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

    /** The format of one of the two accepted media types; JSON, the default everywhere, if there is none. */
    static ImportFormat of(MediaType type) {
        return type != null && type.getSubtype().equalsIgnoreCase("csv") ? CSV : JSON;
    }
}
