package dev.todo.task;

import static dev.todo.TodoClient.PASSWORD;
import static dev.todo.TodoClient.registered;
import static dev.todo.TodoClient.tokenOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.todo.TodoClient;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares lists and synced copies with a simple model while two clients of one user make random changes. */
@QuarkusTest
class TaskModelTest {

    private static final int OPERATIONS = 300;
    private static final List<String> WORDS =
            List.of("Milk", "milk", "MÄRZ", "märz", "Oat", "ostrich", "call", "Ünal", "unal", "東京", "2nd", "x-ray");
    private static final List<String> TAGS = List.of("home", "work", "Home", "it's");
    private static final List<String> PRIORITIES = List.of("low", "medium", "high");
    private static final List<String> DUE = List.of(
            "2020-01-01T00:00:00.000000Z",
            "2020-01-01T00:00:00.000001Z",
            "2031-05-05T05:05:05.000000Z",
            "9999-12-31T23:59:59.999999Z");
    private static final List<String> SORTS = List.of("created_at", "updated_at", "due_at", "priority", "title");

    private record Listing(String query, Predicate<Map<String, Object>> filter, String sort) {}

    private final TaskModel model = new TaskModel();
    private final List<String> deleted = new ArrayList<>();
    private Random random;
    private List<TodoClient> clients;

    @ParameterizedTest
    @ValueSource(longs = {1, 20261120})
    void lists_equal_the_model_after_each_operation(long seed) {
        begin(seed);
        var copy = new HashMap<String, Map<String, Object>>();
        var copiedUntil = "2020-01-01T00:00:00Z";

        for (var i = 0; i < OPERATIONS; i++) {
            change();
            var listing = listing();
            var query = listing.query + "&limit=" + (2 + random.nextInt(30));
            assertEquals(
                    model.list(listing.filter, listing.sort),
                    TaskPages.all(client(), query),
                    "seed " + seed + ", operation " + i + ": " + query);
            if (i % 7 == 0) {
                copiedUntil = bringUpToDate(copy, copiedUntil, client());
                assertEquals(model.ids(), copy.keySet().stream().sorted().toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {2, 20261121})
    void pages_contain_every_unchanged_task_once_while_another_client_writes(long seed) {
        begin(seed);
        IntStream.range(0, 60).forEach(i -> change());

        for (var i = 0; i < 25; i++) {
            var listing = listing();
            var expected = model.list(listing.filter, listing.sort);
            var before = new HashMap<String, Map<String, Object>>();
            model.list(task -> true, "title").forEach(task -> before.put((String) task.get("id"), task));

            var listed = new ArrayList<Map<String, Object>>();
            var page = clients.get(0).list(listing.query + "&limit=" + (1 + random.nextInt(5)));
            while (page != null) {
                listed.addAll(page.jsonPath().getList("$"));
                change();
                page = TaskPages.next(clients.get(0), page);
            }

            var changed = new HashSet<String>(before.keySet());
            model.list(task -> task.equals(before.get(task.get("id"))), "title")
                    .forEach(task -> changed.remove(task.get("id")));
            Predicate<Map<String, Object>> isAsBefore =
                    task -> before.containsKey(task.get("id")) && !changed.contains(task.get("id"));
            assertEquals(
                    expected.stream().filter(isAsBefore).toList(),
                    listed.stream().filter(isAsBefore).toList(),
                    "seed " + seed + ", list " + i + ": " + listing.query);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {3, 4})
    void a_copy_synced_during_writes_converges(long seed) {
        begin(seed);
        var alice = clients.get(0);
        var writers = IntStream.range(0, 4)
                .mapToObj(
                        writer -> CompletableFuture.runAsync(() -> writeOnOwn(clients.get(writer % 2), seed + writer)))
                .toList();

        var copy = new HashMap<String, Map<String, Object>>();
        var copiedUntil = "2020-01-01T00:00:00Z";
        while (!writers.stream().allMatch(CompletableFuture::isDone)) {
            copiedUntil = bringUpToDate(copy, copiedUntil, alice);
        }
        writers.forEach(CompletableFuture::join);
        bringUpToDate(copy, copiedUntil, alice);

        var tasks = new HashMap<String, Map<String, Object>>();
        TaskPages.all(alice, "limit=200").forEach(task -> tasks.put((String) task.get("id"), task));
        assertEquals(tasks, copy);
    }

    private void begin(long seed) {
        random = new Random(seed);
        var alice = registered();
        clients = List.of(alice, alice.with(tokenOf(alice.email(), PASSWORD)));
    }

    /** Syncs a client's copy: requests all changes since the latest one it has. */
    private String bringUpToDate(Map<String, Map<String, Object>> copy, String since, TodoClient client) {
        var latest = since;
        var sort = since.hashCode() % 2 == 0 ? "updated_at" : "-created_at";
        for (var task : TaskPages.all(client, "limit=5&sort=" + sort + "&updated_since=" + since)) {
            if (task.containsKey("deleted_at")) {
                copy.remove(task.get("id"));
            } else {
                copy.put((String) task.get("id"), task);
            }
            latest = latest.compareTo((String) task.get("updated_at")) < 0 ? (String) task.get("updated_at") : latest;
        }
        return latest;
    }

    private static void writeOnOwn(TodoClient client, long seed) {
        var random = new Random(seed);
        var own = new ArrayList<String>();
        for (var i = 0; i < 60; i++) {
            var task = own.isEmpty() ? null : own.get(random.nextInt(own.size()));
            switch (task == null ? 0 : random.nextInt(5)) {
                case 0 -> own.add(client.add("task " + i));
                case 1 -> client.change(task, Map.of("title", "changed " + i));
                case 2 -> client.complete(task);
                case 3 -> client.delete(task);
                default -> client.restore(task);
            }
        }
    }

    private void change() {
        var ids = model.ids();
        var task = ids.isEmpty() ? null : any(ids);
        switch (task == null ? 0 : random.nextInt(12)) {
            case 0, 1, 2, 3 -> took(client().create(fields()));
            case 4 -> took(client().replace(task, fields()));
            case 5 -> took(client().change(task, Map.of("title", title())));
            case 6 -> took(client().change(task, Map.of("tags", tags(), "completed", random.nextBoolean())));
            case 7, 8 -> took(client().complete(task));
            case 9 -> {
                assertEquals(204, client().delete(task).statusCode());
                model.remove(task);
                deleted.add(task);
            }
            case 10 -> {
                if (!deleted.isEmpty()) {
                    took(client().restore(deleted.remove(random.nextInt(deleted.size()))));
                }
            }
            default -> {
                if (random.nextInt(8) == 0) {
                    client().clearCompleted().then().statusCode(200);
                    model.list(done -> (boolean) done.get("completed"), "title")
                            .forEach(done -> deleted.add((String) done.get("id")));
                    model.removeIf(done -> (boolean) done.get("completed"));
                }
            }
        }
    }

    private void took(Response answer) {
        if (answer.statusCode() >= 300) {
            throw new AssertionError(answer.statusLine() + " " + answer.asString());
        }
        model.put(answer.jsonPath().getMap("$"));
    }

    private Listing listing() {
        var query = new StringBuilder();
        Predicate<Map<String, Object>> filter = task -> true;
        if (random.nextInt(3) == 0) {
            var completed = random.nextBoolean();
            query.append("&completed=").append(completed);
            filter = filter.and(task -> task.get("completed").equals(completed));
        }
        if (random.nextInt(4) == 0) {
            var priorities = new HashSet<>(List.of(any(PRIORITIES), "high"));
            priorities.forEach(priority -> query.append("&priority=").append(priority));
            filter = filter.and(task -> priorities.contains(task.get("priority")));
        }
        if (random.nextInt(4) == 0) {
            var wanted = random.nextInt(3) == 0 ? List.of("home", "work") : List.of(any(TAGS));
            wanted.forEach(tag -> query.append("&tag=").append(tag.replace("'", "%27")));
            filter = filter.and(task -> ((List<?>) task.get("tags")).containsAll(wanted));
        }
        if (random.nextInt(3) == 0) {
            var words = any(List.of("milk", "m", "MARZ oat", "unal", "2", "ray", "東", "-", "milk call"));
            query.append("&q=").append(words.replace(" ", "%20").replace("東", "%E6%9D%B1"));
            filter = filter.and(task -> TaskModel.matches(task, words));
        }
        if (random.nextInt(6) == 0) {
            var due = any(DUE);
            query.append("&due_before=").append(due);
            filter = filter.and(task -> task.get("due_at") != null && ((String) task.get("due_at")).compareTo(due) < 0);
        }
        if (random.nextInt(6) == 0) {
            var due = any(DUE);
            query.append("&due_after=").append(due);
            filter =
                    filter.and(task -> task.get("due_at") != null && ((String) task.get("due_at")).compareTo(due) >= 0);
        }
        if (random.nextInt(8) == 0) {
            query.append("&overdue=true");
            filter = filter.and(TaskModel::isOverdue);
        }
        var sort = (random.nextBoolean() ? "-" : "") + any(SORTS);
        return new Listing("sort=" + sort + query, filter, sort);
    }

    private Map<String, Object> fields() {
        var fields = new HashMap<String, Object>();
        fields.put("title", title());
        fields.put("tags", tags());
        if (random.nextBoolean()) {
            fields.put("description", title());
        }
        if (random.nextBoolean()) {
            fields.put("priority", any(PRIORITIES));
        }
        if (random.nextBoolean()) {
            fields.put("due_at", any(DUE));
        }
        if (random.nextInt(3) == 0) {
            fields.put("completed", true);
        }
        return fields;
    }

    private String title() {
        return random.nextInt(3) == 0 ? any(WORDS) : any(WORDS) + " " + any(WORDS);
    }

    private List<String> tags() {
        return TAGS.stream().filter(tag -> random.nextInt(3) == 0).toList();
    }

    private TodoClient client() {
        return any(clients);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

@QuarkusIntegrationTest
class TaskModelIT extends TaskModelTest {}
