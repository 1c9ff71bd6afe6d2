import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What a quiet user's tasks must be: everything acknowledged, nothing refused, and either of both where nobody said. */
final class TaskModel {

    /** Tasks that may be there, by the marker of their titles: how many, and the call that says so. */
    record Possible(Set<Integer> counts, ChaosClient.Answer call) {}

    private final String userId;
    private final Violations violations;
    private final Map<String, ExpectedTask> tasks = new LinkedHashMap<>();
    private final Map<String, Possible> possible = new LinkedHashMap<>();
    private final Map<String, ChaosClient.Answer> refused = new LinkedHashMap<>();

    TaskModel(String userId, Violations violations) {
        this.userId = userId;
        this.violations = violations;
    }

    ExpectedTask add(JsonNode task, ChaosClient.Answer answer) {
        checkOwner(task, answer);
        var added = new ExpectedTask(task);
        added.happened(answer, "came into being");
        tasks.put(added.id(), added);
        return added;
    }

    void refused(String marker, ChaosClient.Answer answer) {
        refused.put(marker, answer);
    }

    void possible(String marker, ChaosClient.Answer call, Set<Integer> counts) {
        possible.put(marker, new Possible(counts, call));
    }

    Map<String, Possible> possible() {
        return possible;
    }

    Collection<ExpectedTask> tasks() {
        return tasks.values();
    }

    List<ExpectedTask> certain(Predicate<ExpectedTask> filter) {
        return tasks.values().stream()
                .filter(task -> task.doubt() == null)
                .filter(filter)
                .toList();
    }

    /** Null if there is none. */
    ExpectedTask any(Random random, Predicate<ExpectedTask> filter) {
        var some = certain(filter);
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    boolean isCertain() {
        return possible.isEmpty() && tasks.values().stream().allMatch(task -> task.doubt() == null);
    }

    /** What was read of a task about which there is no doubt. */
    void check(ExpectedTask task, ChaosClient.Answer answer) {
        if (answer.status() == 404) {
            if (!task.isDeleted()) {
                violations.add("what was acknowledged is there", answer + task.history());
                task.wasDeleted();
            }
        } else if (answer.isDone()) {
            checkOwner(answer.body(), answer);
            checkState(task, answer.body(), answer);
        }
    }

    /** What a list gave: each task as it was acknowledged, and none that was refused. */
    void checkListed(JsonNode task, ChaosClient.Answer answer) {
        checkOwner(task, answer);
        var expected = tasks.get(task.path("id").asText());
        if (expected == null) {
            checkUnknown(task, answer);
        } else if (expected.doubt() == null) {
            checkState(expected, task, answer);
        }
    }

    /** A list of all tasks must have all that are certain. */
    void checkComplete(Set<String> listed, ChaosClient.Answer answer) {
        for (var task : certain(task -> !task.isDeleted() && !listed.contains(task.id()))) {
            violations.add("what was acknowledged is there", "not in " + answer + task.history());
            task.wasDeleted();
        }
    }

    /** Settles what became of tasks that may have come into being, by those with the marker that are not known yet. */
    void settlePossible(String marker, List<JsonNode> found, ChaosClient.Answer answer) {
        var expected = possible.remove(marker);
        if (!expected.counts.contains(found.size())) {
            violations.add(
                    "all or nothing, and once",
                    "%d tasks of %s, should be one of %s".formatted(found.size(), expected.call, expected.counts));
        }
        found.forEach(task -> add(task, answer));
    }

    List<JsonNode> unknown(Iterable<JsonNode> listed, String marker) {
        var unknown = new ArrayList<JsonNode>();
        for (var task : listed) {
            if (!tasks.containsKey(task.path("id").asText()) && marker(task).equals(marker)) {
                unknown.add(task);
            }
        }
        return unknown;
    }

    void checkHasBeenSet(ExpectedTask task, JsonNode members, ChaosClient.Answer answer) {
        members.properties().forEach(member -> {
            if (!member.getValue().equals(task.state().path(member.getKey()))) {
                violations.add("an answer shows what was set", answer + ": " + member + " but " + task.state());
            }
        });
    }

    /** Only overload and an unreachable replica may keep a quiet user from what it wants, and what it expects itself. */
    void checkRefusal(ChaosClient.Answer answer, int... expected) {
        var status = answer.status();
        if (status != 503
                && status != ChaosClient.Answer.NOT_SENT
                && IntStream.of(expected).noneMatch(some -> some == status)) {
            violations.add("nothing is refused without a reason", answer + ": " + answer.body());
        }
    }

    private void checkState(ExpectedTask task, JsonNode actual, ChaosClient.Answer answer) {
        var differences = task.isDeleted() ? List.of("it was deleted") : task.differences(actual);
        if (!differences.isEmpty()) {
            violations.add(
                    "a task is as the last acknowledged change left it", answer + ": " + differences + task.history());
            task.became(actual);
        }
    }

    private void checkUnknown(JsonNode task, ChaosClient.Answer answer) {
        var marker = marker(task);
        if (possible.containsKey(marker)) {
            return;
        }
        if (tasks.values().stream()
                .anyMatch(other -> other.doubt() != null && other.marker().equals(marker))) {
            // The next of a recurring task whose completion is in doubt
            return;
        }
        var refusal = refused.remove(marker);
        violations.add(
                "what was refused is not there",
                refusal == null ? "nobody made " + task + " in " + answer : refusal + " made " + task);
        add(task, answer);
    }

    private void checkOwner(JsonNode task, ChaosClient.Answer answer) {
        if (!task.path("user_id").asText().equals(userId)) {
            violations.add("nobody sees what is somebody else's", answer + ": " + task);
        }
    }

    private static String marker(JsonNode task) {
        return task.path("title").asText().split(" ")[0];
    }
}
