import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Changes tasks one at a time, knows what must have become of them, and looks whether it has. */
final class QuietUser extends Thread {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAUSE_MILLIS = 200;
    private static final int MOST_TASKS = 120;
    private static final int REPETITIONS = 40;

    private final ChaosRun run;
    private final Random random;
    private final ChaosClient client;
    private final TaskModel model;
    private final TaskReader reader;
    private final EventFollower follower;
    private final String prefix;
    private final String userId;
    private int number;
    private volatile boolean isOver;

    QuietUser(ChaosRun run, String userId, String token, int index, long seed) {
        super("quiet user " + index);
        this.run = run;
        this.userId = userId;
        random = new Random(seed);
        client = new ChaosClient(run, token, random);
        model = new TaskModel(userId, run.violations());
        reader = new TaskReader(run, client, model);
        var loader = new TaskReader(run, new ChaosClient(run, token, new Random(seed + 1)), model);
        follower = new EventFollower(run, token, loader::readAll, seed + 2);
        prefix = "m" + index + "x";
    }

    void begin() throws InterruptedException {
        follower.start();
        while (!follower.hasBegun()) {
            Thread.sleep(20);
        }
        start();
    }

    void end() throws InterruptedException {
        isOver = true;
        join();
    }

    String userId() {
        return userId;
    }

    TaskModel model() {
        return model;
    }

    TaskReader reader() {
        return reader;
    }

    EventFollower follower() {
        return follower;
    }

    @Override
    public void run() {
        try {
            while (!isOver) {
                act();
                reader.settleIfCalm();
                Thread.sleep(random.nextInt(2 * PAUSE_MILLIS));
            }
        } catch (Exception e) {
            run.violations().add("the chaos test itself works", getName() + ": " + e);
            e.printStackTrace();
        }
    }

    private void act() throws Exception {
        var action = random.nextInt(100);
        var isFull = model.tasks().stream().filter(task -> !task.isDeleted()).count() > MOST_TASKS;
        if (action < 22) {
            if (isFull) {
                clear();
            } else {
                create();
            }
        } else if (action < 45) {
            change(model.any(random, task -> !task.isDeleted()));
        } else if (action < 57) {
            complete(model.any(random, this::mayBeCompleted));
        } else if (action < 65) {
            delete(model.any(random, task -> !task.isDeleted()));
        } else if (action < 70) {
            restore(model.any(random, ExpectedTask::isDeleted));
        } else if (action < 74) {
            importSome(random.nextInt(3) == 0);
        } else if (action < 76) {
            createBadly();
        } else if (action < 84) {
            reader.readOne(model.any(random, task -> true));
        } else if (action < 88) {
            reader.checkAll();
        } else if (action < 92) {
            reader.search(model.any(random, task -> true));
        } else {
            reader.syncCopy();
        }
    }

    private void create() throws Exception {
        var marker = newMarker();
        var members = new LinkedHashMap<String, Object>();
        members.put("title", marker + " Call the garage");
        members.put("tags", java.util.List.of("car", "tag" + random.nextInt(5)));
        if (random.nextInt(3) == 0) {
            members.put("due_at", "2026-12-01T10:00:00.000000Z");
            members.put("recurrence", "FREQ=DAILY");
            members.put("timezone", "Europe/Berlin");
        }
        var answer = sentOnce("/tasks", marker, JSON.writeValueAsString(members), Set.of(0, 1));
        if (answer != null && answer.status() == 201) {
            var task = model.add(answer.body(), answer);
            checkHasBeenSet(task, JSON.valueToTree(members), answer);
        }
    }

    private void importSome(boolean isBad) throws Exception {
        var marker = newMarker();
        var row = "{\"title\":\"" + marker + " one of three\",\"priority\":\"%s\"}";
        var rows = "[" + row.formatted("low") + "," + row.formatted("high") + ","
                + row.formatted(isBad ? "urgent" : "medium") + "]";
        var answer = sentOnce("/tasks/import", marker, rows, isBad ? Set.of(0) : Set.of(0, 3));
        if (answer != null && answer.isDone()) {
            model.possible(marker, answer, Set.of(isBad ? 0 : 3));
            reader.settle(marker);
        }
    }

    /** With a key it is repeated until it is answered, as a client does; null if nothing can be said about it yet. */
    private ChaosClient.Answer sentOnce(String path, String marker, String body, Set<Integer> counts) throws Exception {
        var key = random.nextBoolean() ? Map.of("Idempotency-Key", UUID.randomUUID().toString()) : null;
        var answer = client.call("POST", path, body, key == null ? Map.of() : key);
        var isInDoubt = answer.isInDoubt();
        for (var time = 0; key != null && time < REPETITIONS && mayBeRepeated(answer); time++) {
            Thread.sleep(250);
            answer = client.call("POST", path, body, key);
            isInDoubt |= answer.isInDoubt();
        }
        if (answer.isDone()) {
            return answer;
        }
        if (isInDoubt) {
            model.possible(marker, answer, counts);
            return null;
        }
        model.refused(marker, answer);
        checkRefusal(answer, 422, 409);
        return answer;
    }

    private boolean mayBeRepeated(ChaosClient.Answer answer) {
        return answer.isInDoubt()
                || answer.status() == 409
                || answer.status() == ChaosClient.Answer.NOT_SENT
                || answer.status() == 503;
    }

    private void createBadly() throws Exception {
        var marker = newMarker();
        var answer = client.call("POST", "/tasks", "{\"title\":\"" + marker + " " + "x".repeat(200) + "\"}", Map.of());
        model.refused(marker, answer);
        if (answer.isDone()) {
            run.violations().add("a title has 200 characters at most", answer.toString());
        }
    }

    private void change(ExpectedTask task) throws Exception {
        if (task == null) {
            return;
        }
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
            // Is never done, so there is no doubt either
            task.happened(answer, "with a stale If-Match");
            if (answer.isDone()) {
                run.violations().add("a stale If-Match changes nothing", answer + task.history());
                task.became(answer.body());
            }
            return;
        }
        changed(task, answer, members);
    }

    private void complete(ExpectedTask task) throws Exception {
        if (task == null) {
            return;
        }
        var target = !task.is("completed");
        var body = random.nextBoolean() ? "{\"completed\":" + target + "}" : null;
        var answer = client.call("PATCH", "/tasks/" + task.id() + "/complete", body, Map.of());
        var makesNext = target && task.isRecurring();
        changed(task, answer, JSON.createObjectNode().put("completed", target));
        if (makesNext && answer.isDone()) {
            reader.adoptNext(task, answer);
        }
    }

    /** One next task at a time is in doubt of those that share a title; reopening, which takes it back, is left out. */
    private boolean mayBeCompleted(ExpectedTask task) {
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
            checkHasBeenSet(task, members, answer);
            if (task.version() != before + 1) {
                run.violations().add("each change counts the version by one", answer + task.history());
            }
        } else if (answer.isInDoubt()) {
            var sets = new LinkedHashMap<String, JsonNode>();
            members.properties().forEach(member -> sets.put(member.getKey(), member.getValue()));
            task.isInDoubt(ExpectedTask.Doubt.change(sets));
        } else {
            checkRefusal(answer);
        }
    }

    private void delete(ExpectedTask task) throws Exception {
        if (task == null) {
            return;
        }
        var answer = client.call("DELETE", "/tasks/" + task.id(), null, Map.of());
        task.happened(answer, "");
        if (answer.isDone()) {
            task.wasDeleted();
        } else if (answer.isInDoubt()) {
            task.isInDoubt(ExpectedTask.Doubt.deletion());
        } else {
            checkRefusal(answer);
        }
    }

    private void restore(ExpectedTask task) throws Exception {
        if (task == null) {
            return;
        }
        var answer = client.call("POST", "/tasks/" + task.id() + "/restore", null, Map.of());
        task.happened(answer, "");
        if (answer.isDone()) {
            reader.restored(task, answer);
        } else if (answer.isInDoubt()) {
            task.isInDoubt(ExpectedTask.Doubt.restoration());
        } else {
            checkRefusal(answer);
        }
    }

    private void clear() throws Exception {
        var done = model.certain(task -> !task.isDeleted() && task.is("completed"));
        var mayBeOthers = !model.isCertain();
        var answer = client.call("DELETE", "/tasks?completed=true", null, Map.of());
        done.forEach(task -> task.happened(answer, ""));
        if (answer.isDone()) {
            done.forEach(ExpectedTask::wasDeleted);
            // Those in doubt may be among them, and then they are gone
            model.tasks().stream()
                    .filter(task -> task.doubt() != null)
                    .forEach(task -> task.isInDoubt(ExpectedTask.Doubt.deletion()));
            if (!mayBeOthers && answer.body().path("deleted").asInt() != done.size()) {
                run.violations()
                        .add("clearing says how many it deleted", answer + ": " + answer.body() + " of " + done.size());
            }
        } else if (answer.isInDoubt()) {
            done.forEach(task -> task.isInDoubt(ExpectedTask.Doubt.deletion()));
        } else {
            checkRefusal(answer);
        }
    }

    private void checkHasBeenSet(ExpectedTask task, JsonNode members, ChaosClient.Answer answer) {
        members.properties().forEach(member -> {
            if (!member.getValue().equals(task.state().path(member.getKey()))) {
                run.violations()
                        .add("an answer shows what was set", answer + ": " + member + " but " + task.state());
            }
        });
    }

    /** Only overload and an unreachable replica may keep a quiet user from what it wants, and what it expects itself. */
    private void checkRefusal(ChaosClient.Answer answer, int... expected) {
        var status = answer.status();
        if (status != 503
                && status != ChaosClient.Answer.NOT_SENT
                && java.util.stream.IntStream.of(expected).noneMatch(some -> some == status)) {
            run.violations().add("nothing is refused without a reason", answer + ": " + answer.body());
        }
    }

    private String newMarker() {
        return prefix + ++number;
    }
}
