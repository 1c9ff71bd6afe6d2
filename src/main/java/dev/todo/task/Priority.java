package dev.todo.task;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.json.JsonStringDeserializer;
import jakarta.persistence.EnumeratedValue;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The priority of a task, from low to high. */
@JsonDeserialize(using = Priority.FromJson.class)
@Schema(enumeration = {"low", "medium", "high"})
public enum Priority {
    LOW("low"),
    MEDIUM("medium"),
    HIGH("high");

    // Every row of a list looks up its priority, so avoid streams and values(), which copies
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
