import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Compares each user's model, list and copies with the database when all activity has ended. */
final class FinalComparison {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 20;

    private final FragileDatabase database;
    private final Violations violations;
    private int compared;

    FinalComparison(FragileDatabase database, Violations violations) {
        this.database = database;
        this.violations = violations;
    }

    int tasksCompared() {
        return compared;
    }

    void compare(QuietUser user) throws Exception {
        settle(user.reader());
        user.reader().checkAll();
        var listed = user.reader().readAll();
        if (listed == null) {
            violations.add(
                    "every call gets a response when there is no fault", user.getName() + " cannot read its tasks");
            return;
        }
        compareModel(user, listed);
        compareDatabase(user, listed);
        while (!user.reader().syncCopy()) {
            Thread.sleep(100);
        }
        report(
                "the copy synced by updated_since equals the list",
                user,
                user.reader().copy().differences(listed));
        report(
                "the copy synced by events equals the list",
                user,
                patientDifferences(user.follower().copy(), listed));
        compared += listed.size();
    }

    private static void settle(TaskReader reader) throws InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!reader.settleAll() && System.nanoTime() < end) {
            Thread.sleep(100);
        }
    }

    private void compareModel(QuietUser user, Map<String, JsonNode> listed) {
        for (var task : user.model().certain(task -> true)) {
            var actual = listed.get(task.id());
            if ((actual == null) != task.isDeleted()) {
                report("at the end, the list equals the model", user, List.of(task.id() + task.history()));
            } else if (actual != null) {
                report("at the end, the list equals the model", user, task.differences(actual));
            }
        }
    }

    private void compareDatabase(QuietUser user, Map<String, JsonNode> listed) throws Exception {
        var rows = rows(user.userId());
        if (!rows.keySet().equals(listed.keySet())) {
            report("at the end, the list equals the database", user, List.of(rows.keySet() + " " + listed.keySet()));
            return;
        }
        for (var row : rows.entrySet()) {
            var task = listed.get(row.getKey());
            for (var name : List.of(
                    "title",
                    "description",
                    "priority",
                    "recurrence",
                    "timezone",
                    "version",
                    "tags",
                    "due_at",
                    "created_at",
                    "updated_at",
                    "completed_at")) {
                if (row.getValue().has(name) && !isSame(row.getValue().path(name), task.path(name))) {
                    report(
                            "at the end, the list equals the database",
                            user,
                            List.of(name + ": " + row.getValue().path(name) + " " + task.path(name)));
                }
            }
        }
    }

    private Map<String, JsonNode> rows(String userId) throws SQLException, java.io.IOException {
        var rows = new LinkedHashMap<String, JsonNode>();
        try (var connection = database.connect();
                var query = connection.prepareStatement(
                        "select to_jsonb(tasks)::text from tasks where user_id = ? and deleted_at is null")) {
            query.setObject(1, UUID.fromString(userId));
            var result = query.executeQuery();
            while (result.next()) {
                var row = JSON.readTree(result.getString(1));
                rows.put(row.path("id").asText(), row);
            }
        }
        return rows;
    }

    private static boolean isSame(JsonNode stored, JsonNode given) {
        if (stored.equals(given)) {
            return true;
        }
        try {
            return OffsetDateTime.parse(stored.asText())
                    .toInstant()
                    .equals(OffsetDateTime.parse(given.asText()).toInstant());
        } catch (java.time.format.DateTimeParseException noTime) {
            return false;
        }
    }

    /** Waits for events to arrive. */
    private static List<String> patientDifferences(TaskCopy copy, Map<String, JsonNode> listed)
            throws InterruptedException {
        var byId = new TreeMap<>(listed);
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var differences = copy.differences(byId);
        while (!differences.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(200);
            differences = copy.differences(byId);
        }
        return differences;
    }

    private void report(String promise, QuietUser user, List<String> differences) {
        differences.forEach(difference -> violations.add(promise, user.getName() + ": " + difference));
    }
}
