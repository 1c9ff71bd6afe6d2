package dev.todo.http.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.todo.http.json.JsonStringDeserializer;
import dev.todo.http.problem.PrintableName;
import dev.todo.http.problem.Refusal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads query parameters into a record, as strictly as JSON bodies: an unknown parameter, an invalid value, and a
 * repeated parameter that is not a list are 400. The OpenAPI document describes the parameters by the same record.
 */
@Singleton
public class QueryReader {

    private final ObjectMapper json;

    QueryReader(ObjectMapper json) {
        this.json = json.copy()
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .registerModule(new SimpleModule("query")
                        .addDeserializer(
                                Boolean.class, new JsonStringDeserializer<>(Boolean.class, QueryReader::parseFlag)));
    }

    public <T extends Record> T read(UriInfo uri, Class<T> type) {
        try {
            return json.treeToValue(members(uri), type);
        } catch (JsonMappingException e) {
            throw refusal(e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private ObjectNode members(UriInfo uri) {
        var members = json.createObjectNode();
        uri.getQueryParameters().forEach((name, values) -> {
            if (values.size() == 1) {
                members.put(name, values.get(0));
            } else {
                values.forEach(members.putArray(name)::add);
            }
        });
        return members;
    }

    private static Refusal refusal(JsonMappingException e) {
        var name = PrintableName.of(e.getPath().get(0).getFieldName());
        if (e instanceof UnrecognizedPropertyException) {
            return Refusal.badParameter(name, "is not supported here");
        }
        if (e instanceof ValueInstantiationException invalid) {
            return Refusal.badParameter(name, invalid.getCause().getMessage());
        }
        return Refusal.badParameter(name, "must be given only once");
    }

    private static Boolean parseFlag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    /**
     * Reads a value that depends on other parameters. The reader throws IllegalArgumentException with a message for an
     * invalid one.
     */
    public static <T> Optional<T> read(String name, String value, Function<String, T> reader) {
        try {
            return Optional.ofNullable(value).map(reader);
        } catch (IllegalArgumentException e) {
            throw Refusal.badParameter(name, e.getMessage());
        }
    }
}
