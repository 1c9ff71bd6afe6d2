package dev.todo.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TaskTest {

    private static final Instant MONDAY = Instant.parse("2026-11-16T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-17T10:00:00Z");

    @Test
    void a_new_task_is_open_with_medium_priority() {
        var task = Task.create(UUID.randomUUID(), titled("Buy milk"), MONDAY);

        assertFalse(task.completed);
        assertNull(task.completedAt);
        assertEquals(Priority.MEDIUM, task.priority);
        assertEquals(MONDAY, task.createdAt);
        assertEquals(MONDAY, task.updatedAt);
        assertEquals(1, task.version);
    }

    @Test
    void completing_twice_keeps_the_first_completion_time() {
        var task = Task.create(UUID.randomUUID(), titled("Buy milk"), MONDAY);

        task.complete(new Completion(true), MONDAY);
        task.complete(new Completion(true), TUESDAY);

        assertTrue(task.completed);
        assertEquals(MONDAY, task.completedAt);
        assertEquals(MONDAY, task.updatedAt);
    }

    @Test
    void completing_without_a_value_toggles() {
        var task = Task.create(UUID.randomUUID(), titled("Buy milk"), MONDAY);

        task.complete(null, MONDAY);
        assertEquals(MONDAY, task.completedAt);

        task.complete(new Completion(null), TUESDAY);
        assertFalse(task.completed);
        assertNull(task.completedAt);
        assertEquals(TUESDAY, task.updatedAt);
    }

    @Test
    void writing_the_same_fields_changes_nothing() {
        var task = Task.create(UUID.randomUUID(), titled("Buy milk"), MONDAY);

        task.write(titled("Buy milk"), TUESDAY);

        assertEquals(MONDAY, task.updatedAt);
    }

    @Test
    void writing_completed_sets_and_clears_the_completion_time() {
        var task = Task.create(UUID.randomUUID(), titled("Buy milk"), MONDAY);

        task.write(fields(Map.of("title", "Buy milk", "completed", true)), TUESDAY);
        assertEquals(TUESDAY, task.completedAt);

        task.write(titled("Buy milk"), TUESDAY);
        assertNull(task.completedAt);
    }

    @Test
    void writing_keeps_the_completion_time_of_a_completed_task() {
        var task = Task.create(UUID.randomUUID(), titled("Buy milk"), MONDAY);
        task.complete(new Completion(true), MONDAY);

        task.write(fields(Map.of("title", "Buy oat milk", "completed", true)), TUESDAY);

        assertEquals(MONDAY, task.completedAt);
        assertEquals(TUESDAY, task.updatedAt);
    }

    @Test
    void deleting_sets_the_deletion_time_and_keeps_the_rest() {
        var task = Task.create(UUID.randomUUID(), titled("Buy milk"), MONDAY);

        task.delete(TUESDAY);

        assertEquals(TUESDAY, task.deletedAt);
        assertEquals(TUESDAY, task.updatedAt);
        assertEquals("Buy milk", task.title);
    }

    @Test
    void trims_and_deduplicates_tags() {
        var fields = fields(Map.of("title", "x", "tags", List.of(" a", "a ", "b")));

        assertEquals(List.of("a", "b"), fields.tags());
    }

    @Test
    void leaves_null_tags_for_validation_to_reject() {
        var tags = Arrays.asList("a", null);

        assertEquals(tags, fields(Map.of("title", "x", "tags", tags)).tags());
    }

    private static TaskFields titled(String title) {
        return fields(Map.of("title", title));
    }

    private static TaskFields fields(Map<String, ?> members) {
        return new ObjectMapper().convertValue(members, TaskFields.class);
    }
}
