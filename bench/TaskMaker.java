import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Creates a quiet user's tasks singly or by import, including invalid ones. */
final class TaskMaker {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REPETITIONS = 40;

    private final ChaosClient client;
    private final TaskModel model;
    private final TaskReader reader;
    private final Random random;
    private final String prefix;
    private int number;

    TaskMaker(ChaosClient client, TaskModel model, TaskReader reader, Random random, String prefix) {
        this.client = client;
        this.model = model;
        this.reader = reader;
        this.random = random;
        this.prefix = prefix;
    }

    void create() throws Exception {
        var marker = newMarker();
        var members = new LinkedHashMap<String, Object>();
        members.put("title", marker + " Call the garage");
        members.put("tags", List.of("car", "tag" + random.nextInt(5)));
        if (random.nextInt(3) == 0) {
            members.put("due_at", "2026-12-01T10:00:00.000000Z");
            members.put("recurrence", "FREQ=DAILY");
            members.put("timezone", "Europe/Berlin");
        }
        var answer = sentOnce("/tasks", marker, JSON.writeValueAsString(members), Set.of(0, 1));
        if (answer != null && answer.status() == 201) {
            var task = model.add(answer.body(), answer);
            model.checkHasBeenSet(task, JSON.valueToTree(members), answer);
        }
    }

    void importSome(boolean isBad) throws Exception {
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

    /** With a key, repeats the call until it gets a response, as clients do; null if the outcome is still unknown. */
    private ChaosClient.Answer sentOnce(String path, String marker, String body, Set<Integer> counts) throws Exception {
        var key = random.nextBoolean()
                ? Map.of("Idempotency-Key", UUID.randomUUID().toString())
                : null;
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
        model.checkRefusal(answer, 422, 409);
        return answer;
    }

    private boolean mayBeRepeated(ChaosClient.Answer answer) {
        return answer.isInDoubt()
                || answer.status() == 409
                || answer.status() == ChaosClient.Answer.NOT_SENT
                || answer.status() == 503;
    }

    void createBadly() throws Exception {
        var marker = newMarker();
        var answer = client.call("POST", "/tasks", "{\"title\":\"" + marker + " " + "x".repeat(200) + "\"}", Map.of());
        model.refused(marker, answer);
        model.checkRefusal(answer, 422);
    }

    private String newMarker() {
        return prefix + ++number;
    }
}
