package dev.todo.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Reads environment variables; an empty one counts as not set. Throws {@link InvalidSetting} if a value does not have
 * the form that is asked for.
 */
final class Variables {

    private final UnaryOperator<String> values;

    Variables(UnaryOperator<String> values) {
        this.values = values;
    }

    /** The value as it is, including surrounding whitespace; null if it is not set. */
    String raw(String variable) {
        return values.apply(variable);
    }

    Optional<String> given(String variable) {
        return Optional.ofNullable(raw(variable)).map(String::strip).filter(value -> !value.isEmpty());
    }

    String required(String variable, String example) {
        return given(variable).orElseThrow(() -> new InvalidSetting(variable, "is not set: " + example));
    }

    String onOff(String variable) {
        return String.valueOf(oneOf(variable, "on", "on", "off").equals("on"));
    }

    Optional<String> list(String variable, String what, Predicate<String> isGood) {
        return given(variable).map(list -> {
            var items = Arrays.stream(list.split(",")).map(String::strip).toList();
            if (!items.stream().allMatch(isGood)) {
                throw new InvalidSetting(variable, "must be a comma-separated list of " + what);
            }
            // In lists, a backslash is an escape character of SmallRye Config
            return String.join(",", items).replace("\\", "\\\\");
        });
    }

    String oneOf(String variable, String defaultValue, String first, String second) {
        var value = given(variable).orElse(defaultValue);
        if (!value.equals(first) && !value.equals(second)) {
            throw new InvalidSetting(variable, "must be " + first + " or " + second);
        }
        return value;
    }

    String wholeNumber(String variable, int defaultValue, int min, int max) {
        var value = given(variable).orElse(String.valueOf(defaultValue));
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            throw new InvalidSetting(variable, "must be a whole number from " + min + " to " + max);
        }
        return value;
    }

    String duration(String variable, String defaultValue) {
        try {
            var duration = Duration.parse(given(variable).orElse(defaultValue));
            if (!duration.isNegative()) {
                return duration.toString();
            }
        } catch (DateTimeParseException e) {
            // rejected below, like a negative duration
        }
        throw new InvalidSetting(variable, "must be an ISO 8601 duration such as " + defaultValue);
    }
}
