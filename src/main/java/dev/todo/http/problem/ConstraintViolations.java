package dev.todo.http.problem;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Set;

/** Converts Bean Validation's violations to errors with the field names that clients use. */
public final class ConstraintViolations {

    private static final NamingBase JSON_NAMES = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;

    private ConstraintViolations() {}

    /** 422 with an entry for each violation, or 400 if the whole body is missing. */
    public static Refusal refusal(Collection<? extends ConstraintViolation<?>> violations) {
        var errors = new ArrayList<FieldError>();
        for (var violation : violations) {
            var field = field(violation.getPropertyPath());
            if (field.isEmpty()) {
                return Refusal.malformed("The body must be a JSON object.");
            }
            errors.add(new FieldError(field, violation.getMessage()));
        }
        errors.sort(Comparator.comparing(FieldError::field).thenComparing(FieldError::message));
        return Refusal.invalid(errors);
    }

    /** Throws {@link Refusal} if there are violations. */
    public static void refuse(Set<? extends ConstraintViolation<?>> violations) {
        if (!violations.isEmpty()) {
            throw refusal(violations);
        }
    }

    private static String field(Path path) {
        var field = new StringBuilder();
        for (var node : path) {
            if (node.getIndex() != null) {
                field.append('[').append(node.getIndex()).append(']');
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                field.append(field.isEmpty() ? "" : ".").append(JSON_NAMES.translate(node.getName()));
            }
        }
        return field.toString();
    }
}
