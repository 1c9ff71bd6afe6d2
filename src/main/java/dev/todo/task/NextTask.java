package dev.todo.task;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The task that completing a recurring one created, as clients see it. */
@Schema(description = "The next task of a recurring one, created when it was completed")
public record NextTask(
        UUID id,

        @Schema(examples = "2026-12-31T18:00:00.000000Z") Instant dueAt) {

    static NextTask of(Task task) {
        return new NextTask(task.id, task.dueAt);
    }

    /** Distinguishes a null member from a missing one when a stored response is read. */
    static class IfAny extends JsonDeserializer<Optional<NextTask>> {

        @Override
        public Optional<NextTask> deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return Optional.of(parser.readValueAs(NextTask.class));
        }

        @Override
        public Optional<NextTask> getNullValue(DeserializationContext context) {
            return Optional.empty();
        }

        @Override
        public Object getAbsentValue(DeserializationContext context) {
            return null;
        }
    }
}
