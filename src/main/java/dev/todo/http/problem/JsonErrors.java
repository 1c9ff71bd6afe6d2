package dev.todo.http.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.io.IOException;

/** Converts Jackson's errors, without its class names: bad JSON and wrong types are 400, wrong values and names 422. */
public final class JsonErrors {

    private JsonErrors() {}

    public static Refusal refusal(JsonProcessingException e) {
        if (e instanceof UnrecognizedPropertyException unknown) {
            return Refusal.invalid(PrintableName.of(field(unknown)), "is not a field you can set here");
        }
        if (e instanceof ValueInstantiationException wrongValue && wrongValue.getCause() != null) {
            return Refusal.invalid(field(wrongValue), wrongValue.getCause().getMessage());
        }
        if (e instanceof JsonMappingException wrongType && !(e.getCause() instanceof IOException)) {
            var field = field(wrongType);
            return field.isEmpty()
                    ? Refusal.malformed("The body must be a JSON object.")
                    : Refusal.malformed("`" + PrintableName.of(field) + "` has the wrong JSON type.");
        }
        var at = e.getLocation();
        var place = at == null ? "" : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
        // Jackson has no exception type for this error
        return e.getOriginalMessage().startsWith("Duplicate field")
                ? Refusal.malformed("The body has the same key twice" + place + ".")
                : Refusal.malformed("The body is not valid JSON in UTF-8" + place + ".");
    }

    private static String field(JsonMappingException e) {
        var field = new StringBuilder();
        for (Reference part : e.getPath()) {
            if (part.getFieldName() == null) {
                field.append('[').append(part.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(part.getFieldName());
            }
        }
        return field.toString();
    }
}
