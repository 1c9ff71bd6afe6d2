package dev.todo.task.transfer;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.todo.http.problem.Refusal;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** Reads the elements of a JSON array. */
class ArrayRows implements Rows {

    private final RowParser array;
    private final ObjectReader element;
    private boolean started;
    private boolean ended;

    ArrayRows(Reader text, ObjectMapper json) throws IOException {
        this.array = RowParser.of(text, json);
        // More elements may follow
        this.element = json.readerFor(ObjectNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    @Override
    public Optional<ObjectNode> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        if (!started && array.nextToken() != JsonToken.START_ARRAY) {
            throw Refusal.malformed("The body must be a JSON array.");
        }
        started = true;
        array.startRow();
        return switch (array.nextToken()) {
            case START_OBJECT -> Optional.of(element.readValue(array));
            case END_ARRAY -> end();
            default -> throw Refusal.malformed("A task must be a JSON object.");
        };
    }

    private Optional<ObjectNode> end() throws IOException {
        ended = true;
        if (array.nextToken() != null) {
            throw Refusal.malformed("The body must end after the JSON array.");
        }
        return Optional.empty();
    }
}
