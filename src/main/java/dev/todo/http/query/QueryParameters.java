package dev.todo.http.query;

import dev.todo.http.json.Text;
import dev.todo.http.problem.Refusal;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The query parameters of the current request. Reading an invalid value throws 400. */
@RequestScoped
public class QueryParameters {

    private final MultivaluedMap<String, String> parameters;

    public QueryParameters(UriInfo uri) {
        this.parameters = uri.getQueryParameters();
    }

    public Optional<Boolean> flag(String name) {
        return read(name, QueryParameters::parseFlag);
    }

    public Optional<String> text(String name) {
        return read(name, Text::requireStorable);
    }

    public List<String> texts(String name) {
        return readAll(name, Text::requireStorable);
    }

    /** Reads each value of a repeatable parameter as {@link #read} does. */
    public <T> List<T> readAll(String name, Function<String, T> reader) {
        try {
            return parameters.getOrDefault(name, List.of()).stream().map(reader).toList();
        } catch (IllegalArgumentException e) {
            throw Refusal.badParameter(name, e.getMessage());
        }
    }

    /** A whole number within bounds, or the default if it is missing. */
    public int number(String name, int defaultValue, int min, int max) {
        return read(name, value -> {
                    if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
                        throw new IllegalArgumentException("must be a whole number from " + min + " to " + max);
                    }
                    return Integer.valueOf(value);
                })
                .orElse(defaultValue);
    }

    /**
     * Reads the parameter with the reader, which throws IllegalArgumentException with a message for an invalid value.
     */
    public <T> Optional<T> read(String name, Function<String, T> reader) {
        try {
            return Optional.ofNullable(parameters.getFirst(name)).map(reader);
        } catch (IllegalArgumentException e) {
            throw Refusal.badParameter(name, e.getMessage());
        }
    }

    private static Boolean parseFlag(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }
}
