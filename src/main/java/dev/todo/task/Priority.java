package dev.todo.task;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.JsonText;
import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;

/** How much a task matters, from low to high. */
@JsonDeserialize(using = Priority.FromJson.class)
public enum Priority {
    LOW("low"),
    MEDIUM("medium"),
    HIGH("high");

    @EnumeratedValue
    @JsonValue
    public final String label;

    Priority(String label) {
        this.label = label;
    }

    static Priority of(String label) {
        return Arrays.stream(values())
                .filter(priority -> priority.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be low, medium or high"));
    }

    static class FromJson extends JsonText<Priority> {
        FromJson() {
            super(Priority.class, Priority::of);
        }
    }
}
