package dev.todo.http.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.todo.http.problem.ConstraintViolations;
import dev.todo.http.problem.JsonErrors;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;

/** Reads valid records from parsed JSON, for callers that also need the members as sent. */
@Singleton
public class JsonRecordReader {

    private final ObjectMapper json;
    private final Validator validator;

    JsonRecordReader(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** Returns the record, or throws the same refusal as when Quarkus reads the body. */
    public <T> T read(ObjectNode body, Class<T> type) {
        try {
            var read = json.treeToValue(body, type);
            ConstraintViolations.refuse(validator.validate(read));
            return read;
        } catch (JsonProcessingException e) {
            throw JsonErrors.refusal(e);
        }
    }
}
