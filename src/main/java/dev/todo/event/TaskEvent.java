package dev.todo.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.task.Task;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;

/** Something that became of a task, as the database keeps it: the name of the event, and the task's row after it. */
record TaskEvent(long id, String name, JsonObject task) {

    private static final String DELETED = "task.deleted";

    /** The event's data: the task as the API gives it, or, of a deleted one, what is needed to forget it. */
    String data(ObjectMapper json) {
        try {
            var row = json.readerFor(Task.class)
                    .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .<Task>readValue(task.encode());
            return json.writeValueAsString(name.equals(DELETED) ? farewell(row) : row.view());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object farewell(Task task) {
        var farewell = new LinkedHashMap<String, Object>();
        farewell.put("id", task.id);
        farewell.put("version", task.version);
        farewell.put("deleted_at", task.deletedAt);
        return farewell;
    }
}
