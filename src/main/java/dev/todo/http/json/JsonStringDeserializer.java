package dev.todo.http.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import java.io.IOException;
import java.util.function.Function;

/**
 * Reads a value from a JSON string and from nothing else; the reader throws IllegalArgumentException for an invalid
 * value.
 */
public class JsonStringDeserializer<T> extends StdScalarDeserializer<T> {

    private final transient Function<String, T> reader;

    public JsonStringDeserializer(Class<T> type, Function<String, T> reader) {
        super(type);
        this.reader = reader;
    }

    @Override
    @SuppressWarnings("unchecked")
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.hasToken(JsonToken.VALUE_STRING)) {
            return (T) context.handleUnexpectedToken(handledType(), parser);
        }
        var text = parser.getText();
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException e) {
            throw context.instantiationException(handledType(), e);
        }
    }
}
