package dev.todo.task.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.task.FeedPosition;
import dev.todo.task.TaskFeed.Change;
import dev.todo.task.TaskView;
import java.util.LinkedHashMap;

/** A change of a task, as an event for a client. */
record TaskEvent(FeedPosition id, String name, TaskView task) {

    private static final String DELETED = "task.deleted";

    /** The event for a client that knows all changes up to the position {@code known}. */
    static TaskEvent of(Change change, FeedPosition known) {
        return new TaskEvent(change.place(), name(change, known), change.task());
    }

    private static String name(Change change, FeedPosition known) {
        if (change.task().deletedAt() != null) {
            return DELETED;
        }
        return change.isNewAfter(known) ? "task.created" : "task.updated";
    }

    /** The event's data: the task as in the API, or what a client needs to remove it if it is deleted. */
    String data(ObjectMapper json) {
        try {
            return json.writeValueAsString(name.equals(DELETED) ? deleted() : task);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Object deleted() {
        var members = new LinkedHashMap<String, Object>();
        members.put("id", task.id());
        members.put("version", task.version());
        members.put("deleted_at", task.deletedAt());
        return members;
    }
}
