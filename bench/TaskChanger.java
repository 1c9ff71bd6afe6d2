import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Changes a quiet user's tasks and records certain and uncertain results in the model. */
final class TaskChanger {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ChaosRun run;
    private final ChaosClient client;
    private final TaskModel model;
    private final TaskReader reader;
    private final Random random;
    private int number;

    TaskChanger(ChaosRun run, ChaosClient client, TaskModel model, TaskReader reader, Random random) {
        this.run = run;
        this.client = client;
        this.model = model;
        this.reader = reader;
        this.random = random;
    }

    void change(ExpectedTask task) throws Exception {
        var isStale = task.version() > 1 && random.nextInt(5) == 0;
        var condition = isStale ? task.version() - 1 : task.version();
        Map<String, String> headers =
                isStale || random.nextBoolean() ? Map.of("If-Match", "\"" + condition + "\"") : Map.of();
        var members = JSON.createObjectNode()
                .put("title", task.marker() + " changed " + ++number)
                .put("priority", random.nextBoolean() ? "low" : "high")
                .put("description", random.nextBoolean() ? null : "Number " + number);
        var answer = client.call("PATCH", "/tasks/" + task.id(), members, headers);
        if (isStale) {
            // Must never be applied, so the outcome is certain
            task.happened(answer, "with a stale If-Match");
            if (answer.isDone()) {
                run.violations().add("a stale If-Match changes nothing", answer + task.history());
                task.became(answer.body());
            }
            return;
        }
        changed(task, answer, members);
    }

    void complete(ExpectedTask task) throws Exception {
        var target = !task.is("completed");
        var body = random.nextBoolean() ? "{\"completed\":" + target + "}" : null;
        var answer = client.call("PATCH", "/tasks/" + task.id() + "/complete", body, Map.of());
        var makesNext = target && task.isRecurring();
        changed(task, answer, JSON.createObjectNode().put("completed", target));
        if (makesNext && answer.isDone()) {
            reader.adoptNext(task, answer);
        }
    }

    /** Only one next task per title may be in doubt. Excludes reopening, which would remove the next task. */
    boolean mayBeCompleted(ExpectedTask task) {
        return !task.isDeleted()
                && !(task.isRecurring()
                        && (task.is("completed")
                                || model.possible().containsKey(task.marker())
                                || model.tasks().stream()
                                        .anyMatch(other -> other.doubt() != null
                                                && other.marker().equals(task.marker()))));
    }

    private void changed(ExpectedTask task, ChaosClient.Answer answer, JsonNode members) {
        task.happened(answer, members.toString());
        if (answer.isDone()) {
            var before = task.version();
            task.became(answer.body());
            model.checkHasBeenSet(task, members, answer);
            if (task.version() != before + 1) {
                run.violations().add("each change increments the version by one", answer + task.history());
            }
        } else if (answer.isInDoubt()) {
            var sets = new LinkedHashMap<String, JsonNode>();
            members.properties().forEach(member -> sets.put(member.getKey(), member.getValue()));
            task.isInDoubt(ExpectedTask.Doubt.change(sets));
        } else {
            model.checkRefusal(answer);
        }
    }

    void delete(ExpectedTask task) throws Exception {
        var answer = client.call("DELETE", "/tasks/" + task.id(), null, Map.of());
        task.happened(answer, "");
        if (answer.isDone()) {
            task.wasDeleted();
        } else if (answer.isInDoubt()) {
            task.isInDoubt(ExpectedTask.Doubt.deletion());
        } else {
            model.checkRefusal(answer);
        }
    }

    void restore(ExpectedTask task) throws Exception {
        var answer = client.call("POST", "/tasks/" + task.id() + "/restore", null, Map.of());
        task.happened(answer, "");
        if (answer.isDone()) {
            reader.restored(task, answer);
        } else if (answer.isInDoubt()) {
            task.isInDoubt(ExpectedTask.Doubt.restoration());
        } else {
            model.checkRefusal(answer);
        }
    }

    void clear() throws Exception {
        var done = model.certain(task -> !task.isDeleted() && task.is("completed"));
        var mayBeOthers = !model.isCertain();
        var answer = client.call("DELETE", "/tasks?completed=true", null, Map.of());
        done.forEach(task -> task.happened(answer, ""));
        if (answer.isDone()) {
            done.forEach(ExpectedTask::wasDeleted);
            // Tasks in doubt may have been deleted too
            model.tasks().stream()
                    .filter(task -> task.doubt() != null)
                    .forEach(task -> task.isInDoubt(
                            ExpectedTask.Doubt.deletion(task.doubt().members())));
            if (!mayBeOthers && answer.body().path("deleted").asInt() != done.size()) {
                run.violations()
                        .add(
                                "clearing returns the number of deleted tasks",
                                answer + ": " + answer.body() + " of " + done.size());
            }
        } else if (answer.isInDoubt()) {
            done.forEach(task -> task.isInDoubt(ExpectedTask.Doubt.deletion()));
        } else {
            model.checkRefusal(answer);
        }
    }
}
