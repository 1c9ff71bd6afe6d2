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

/** A quiet user's expected tasks: every acknowledged change, no rejected one, and perhaps those without a response. */
final class TaskModel {

    /** Tasks with the same marker that may exist: the possible counts and the call that may have created them. */
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
        added.happened(answer, "created");
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

    /** A random matching task whose state is certain, or null. */
    ExpectedTask any(Random random, Predicate<ExpectedTask> filter) {
        var some = certain(filter);
        return some.isEmpty() ? null : some.get(random.nextInt(some.size()));
    }

    boolean isCertain() {
        return possible.isEmpty() && tasks.values().stream().allMatch(task -> task.doubt() == null);
    }

    /** Checks a read of a task whose state is certain. */
    void check(ExpectedTask task, ChaosClient.Answer answer) {
        if (answer.status() == 404) {
            if (!task.isDeleted()) {
                violations.add("acknowledged tasks exist", answer + task.history());
                task.wasDeleted();
            }
        } else if (answer.isDone()) {
            checkOwner(answer.body(), answer);
            checkState(task, answer.body(), answer);
        }
    }

    /** Checks a listed task: it must match its acknowledged state and must not have been rejected. */
    void checkListed(JsonNode task, ChaosClient.Answer answer) {
        checkOwner(task, answer);
        var expected = tasks.get(task.path("id").asText());
        if (expected == null) {
            checkUnknown(task, answer);
        } else if (expected.doubt() == null) {
            checkState(expected, task, answer);
        }
    }

    /** Checks that a list of all tasks contains every certain one. */
    void checkComplete(Set<String> listed, ChaosClient.Answer answer) {
        for (var task : certain(task -> !task.isDeleted() && !listed.contains(task.id()))) {
            violations.add("acknowledged tasks exist", "not in " + answer + task.history());
            task.wasDeleted();
        }
    }

    /** Settles whether possible tasks exist, from the unknown tasks found with their marker. */
    void settlePossible(String marker, List<JsonNode> found, ChaosClient.Answer answer) {
        var expected = possible.remove(marker);
        if (!expected.counts.contains(found.size())) {
            violations.add(
                    "creations and imports happen once, as a whole or not at all",
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
                violations.add("a response shows the new values", answer + ": " + member + " but " + task.state());
            }
        });
    }

    /** Checks that a quiet user's call failed only by overload, an unreachable replica or an expected status. */
    void checkRefusal(ChaosClient.Answer answer, int... expected) {
        var status = answer.status();
        if (status != 503
                && status != ChaosClient.Answer.NOT_SENT
                && IntStream.of(expected).noneMatch(some -> some == status)) {
            violations.add("no call is rejected without a reason", answer + ": " + answer.body());
        }
    }

    private void checkState(ExpectedTask task, JsonNode actual, ChaosClient.Answer answer) {
        var differences = task.isDeleted() ? List.of("it was deleted") : task.differences(actual);
        if (!differences.isEmpty()) {
            violations.add(
                    "tasks match the last acknowledged change", answer + ": " + differences + task.history());
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
            // The next task of a recurring one whose completion is in doubt
            return;
        }
        var refusal = refused.remove(marker);
        violations.add(
                "rejected tasks do not exist",
                refusal == null ? "no call created " + task + " in " + answer : refusal + " created " + task);
        add(task, answer);
    }

    private void checkOwner(JsonNode task, ChaosClient.Answer answer) {
        if (!task.path("user_id").asText().equals(userId)) {
            violations.add("users see only their own tasks", answer + ": " + task);
        }
    }

    private static String marker(JsonNode task) {
        return task.path("title").asText().split(" ")[0];
    }
}
