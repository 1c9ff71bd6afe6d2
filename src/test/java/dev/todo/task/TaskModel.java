package dev.todo.task;

import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** A user's tasks as plain maps, filtered and sorted in the simplest way. */
final class TaskModel {

    private static final List<String> PRIORITIES = List.of("low", "medium", "high");

    private final Map<String, Map<String, Object>> tasks = new HashMap<>();

    /** Stores the task from a response. */
    void put(Map<String, Object> task) {
        tasks.put((String) task.get("id"), task);
    }

    void remove(String id) {
        tasks.remove(id);
    }

    void removeIf(Predicate<Map<String, Object>> condition) {
        tasks.values().removeIf(condition);
    }

    List<String> ids() {
        return tasks.keySet().stream().sorted().toList();
    }

    List<Map<String, Object>> list(Predicate<Map<String, Object>> filter, String sort) {
        var isDescending = sort.startsWith("-");
        var byKey = byKey(isDescending ? sort.substring(1) : sort).thenComparing(task -> (String) task.get("id"));
        var hasNoPlace = Comparator.<Map<String, Object>, Boolean>comparing(
                task -> sort.endsWith("due_at") && task.get("due_at") == null);
        return tasks.values().stream()
                .filter(filter)
                .sorted(hasNoPlace.thenComparing(isDescending ? byKey.reversed() : byKey))
                .toList();
    }

    private static Comparator<Map<String, Object>> byKey(String name) {
        return switch (name) {
            case "priority" -> Comparator.comparing(task -> PRIORITIES.indexOf(task.get(name)));
            case "title" -> Comparator.comparing(task -> ((String) task.get(name)).toLowerCase(Locale.ROOT));
            default -> Comparator.comparing(task -> (String) task.get(name), Comparator.nullsLast(String::compareTo));
        };
    }

    static boolean matches(Map<String, Object> task, String query) {
        var text = task.get("title") + " " + (task.get("description") == null ? "" : task.get("description"));
        var words = words(text);
        return Arrays.stream(words(query))
                .allMatch(part -> part.isEmpty() || Arrays.stream(words).anyMatch(word -> word.startsWith(part)));
    }

    static boolean isOverdue(Map<String, Object> task) {
        return !(boolean) task.get("completed")
                && task.get("due_at") != null
                && Instant.parse((String) task.get("due_at")).isBefore(Instant.now());
    }

    private static String[] words(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .split("[^\\p{L}\\p{Nd}]+");
    }
}
