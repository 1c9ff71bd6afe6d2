package dev.todo.task;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.json.JsonStringDeserializer;
import jakarta.persistence.EnumeratedValue;

/** How much a task matters, from low to high. */
@JsonDeserialize(using = Priority.FromJson.class)
public enum Priority {
    LOW("low"),
    MEDIUM("medium"),
    HIGH("high");

    // Each row of a list has one: without values(), which copies, and streams
    private static final Priority[] ALL = values();

    @EnumeratedValue
    @JsonValue
    public final String label;

    Priority(String label) {
        this.label = label;
    }

    static Priority of(String label) {
        for (var priority : ALL) {
            if (priority.label.equals(label)) {
                return priority;
            }
        }
        throw new IllegalArgumentException("must be low, medium or high");
    }

    static class FromJson extends JsonStringDeserializer<Priority> {
        FromJson() {
            super(Priority.class, Priority::of);
        }
    }
}
