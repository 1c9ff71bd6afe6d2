import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A client's copy of all tasks. Applies a change only if its version is not older than the known one. */
final class TaskCopy {

    private final Map<String, JsonNode> tasks = new TreeMap<>();
    private final Map<String, Integer> versions = new TreeMap<>();

    synchronized void apply(JsonNode task) {
        var id = task.path("id").asText();
        var version = task.path("version").asInt();
        if (version < versions.getOrDefault(id, 0)) {
            return;
        }
        versions.put(id, version);
        if (task.path("deleted_at").isTextual()) {
            tasks.remove(id);
        } else {
            tasks.put(id, task);
        }
    }

    synchronized void clear() {
        tasks.clear();
        versions.clear();
    }

    /** The differences from the list. */
    synchronized List<String> differences(Map<String, JsonNode> listed) {
        var ids = new TreeSet<>(tasks.keySet());
        ids.addAll(listed.keySet());
        var differences = new ArrayList<String>();
        for (var id : ids) {
            if (!tasks.containsKey(id)) {
                differences.add("the copy lacks " + listed.get(id));
            } else if (!listed.containsKey(id)) {
                differences.add("the copy still has " + tasks.get(id));
            } else {
                var some = ExpectedTask.differences(listed.get(id), tasks.get(id), List.of("next", "deleted_at"));
                if (!some.isEmpty()) {
                    differences.add(id + " in the copy: " + some);
                }
            }
        }
        return differences;
    }
}
