package dev.todo.task.transfer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.todo.http.problem.ConstraintViolations;
import dev.todo.http.problem.Refusal;
import dev.todo.task.Task;
import dev.todo.task.TaskFields;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.Validator;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/** A task of an import: the fields that clients may write, and the others that are kept. */
@Schema(
        name = "TaskToImport",
        description = "A task as exported, or some of its fields;"
                + " `id`, `user_id`, `updated_at` and `version` are accepted and ignored",
        allOf = TaskFields.class,
        properties = {
            @SchemaProperty(
                    name = "completed_at",
                    type = SchemaType.STRING,
                    format = "date-time",
                    nullable = true,
                    description = "Null unless `completed` is true; the current time by default"),
            @SchemaProperty(
                    name = "created_at",
                    type = SchemaType.STRING,
                    format = "date-time",
                    nullable = true,
                    description = "The current time by default")
        })
record ImportedTask(
        @Schema(hidden = true) TaskFields fields,
        @Schema(hidden = true) Kept kept) {

    private static final List<String> NOT_FIELDS =
            List.of("completed_at", "created_at", "id", "user_id", "updated_at", "version");

    // Only our code reads it, so Quarkus does not notice that Jackson needs it
    @RegisterForReflection
    @JsonIgnoreProperties({"id", "user_id", "updated_at", "version"})
    record Kept(Instant completedAt, Instant createdAt) {}

    /** Throws if the task is not valid. */
    static ImportedTask of(ObjectNode members, ObjectMapper json, Validator validator) throws JsonProcessingException {
        var kept = json.treeToValue(members.deepCopy().retain(NOT_FIELDS), Kept.class);
        var fields = json.treeToValue(members.remove(NOT_FIELDS), TaskFields.class);
        ConstraintViolations.refuse(validator.validate(fields));
        if (kept.completedAt != null && !fields.completed()) {
            throw Refusal.invalid("completed_at", "must be null unless completed is true");
        }
        return new ImportedTask(fields, kept);
    }

    Task toTask(UUID owner) {
        return Task.imported(owner, fields, kept.createdAt, kept.completedAt);
    }
}
