import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a quiet user's reads, compares them with the model and settles changes in doubt. */
final class TaskReader {

    private static final int INSIST_SECONDS = 10;

    private final ChaosRun run;
    private final ChaosClient client;
    private final TaskModel model;
    private final TaskCopy copy = new TaskCopy();
    private String copiedUntil = "1970-01-01T00:00:00Z";

    TaskReader(ChaosRun run, ChaosClient client, TaskModel model) {
        this.run = run;
        this.client = client;
        this.model = model;
    }

    TaskCopy copy() {
        return copy;
    }

    void readOne(ExpectedTask task) throws InterruptedException {
        model.check(task, client.get("/tasks/" + task.id()));
    }

    void checkAll() throws InterruptedException {
        String path = "/tasks?limit=50&sort=" + (System.nanoTime() % 2 == 0 ? "title" : "-created_at");
        var listed = new HashSet<String>();
        ChaosClient.Answer answer = null;
        for (; path != null; path = ChaosClient.next(answer)) {
            answer = client.get(path);
            if (!answer.isDone()) {
                return;
            }
            for (var task : answer.body()) {
                if (!listed.add(task.path("id").asText())) {
                    run.violations().add("pages do not repeat tasks", answer + ": " + task);
                }
                model.checkListed(task, answer);
            }
        }
        model.checkComplete(listed, answer);
    }

    void search(ExpectedTask task) throws InterruptedException {
        var answer = client.get("/tasks?limit=200&q=" + task.marker());
        if (!answer.isDone()) {
            return;
        }
        var isFound = false;
        for (var found : answer.body()) {
            model.checkListed(found, answer);
            isFound |= found.path("id").asText().equals(task.id());
        }
        if (task.doubt() == null && isFound == task.isDeleted()) {
            run.violations()
                    .add(
                            "a search finds exactly the existing tasks",
                            answer + (isFound ? " finds" : " lacks") + task.history());
        }
    }

    /** All tasks by id, or null if a page cannot be read. */
    Map<String, JsonNode> readAll() throws InterruptedException {
        var tasks = new LinkedHashMap<String, JsonNode>();
        ChaosClient.Answer page = null;
        for (var path = "/tasks?limit=200"; path != null; path = ChaosClient.next(page)) {
            page = client.insist(path, INSIST_SECONDS);
            if (page == null) {
                return null;
            }
            page.body().forEach(task -> tasks.put(task.path("id").asText(), task));
        }
        return tasks;
    }

    /** Reads the changes since the last sync; false if that fails, and the next sync continues from there. */
    boolean syncCopy() throws InterruptedException {
        ChaosClient.Answer page = null;
        for (var path = "/tasks?sort=updated_at&limit=20&updated_since=" + copiedUntil;
                path != null;
                path = ChaosClient.next(page)) {
            page = client.get(path);
            if (!page.isDone()) {
                return false;
            }
            for (var task : page.body()) {
                copy.apply(task);
                copiedUntil = task.path("updated_at").asText();
            }
        }
        return true;
    }

    void settleIfCalm() throws InterruptedException {
        if (!model.isCertain() && run.faults().isCalmSince(System.nanoTime())) {
            settleAll();
        }
    }

    /** Returns false if anything is still in doubt. */
    boolean settleAll() throws InterruptedException {
        for (var task : List.copyOf(model.tasks())) {
            if (task.doubt() != null) {
                settle(task);
            }
        }
        for (var marker : List.copyOf(model.possible().keySet())) {
            settle(marker);
        }
        return model.isCertain();
    }

    void settle(String marker) throws InterruptedException {
        var answer = client.get("/tasks?limit=200&q=" + marker);
        if (answer.isDone()) {
            model.settlePossible(marker, model.unknown(answer.body(), marker), answer);
        }
    }

    private void settle(ExpectedTask task) throws InterruptedException {
        var answer = client.get("/tasks/" + task.id());
        var doubt = task.doubt();
        if (answer.status() == 404) {
            if (!doubt.isDeletion() && !task.isDeleted()) {
                run.violations().add("acknowledged tasks exist", answer + task.history());
            }
            task.wasDeleted();
        } else if (answer.isDone()) {
            settle(task, doubt, answer);
        }
    }

    private void settle(ExpectedTask task, ExpectedTask.Doubt doubt, ChaosClient.Answer answer)
            throws InterruptedException {
        var wasCompleted = task.is("completed");
        task.happened(answer, "settled at version " + answer.body().path("version"));
        if (doubt.isRestoration() && task.isDeleted()) {
            restored(task, answer);
        } else if (task.differences(answer.body()).isEmpty() || doubt.isDeletion()) {
            // A deletion that was not applied, perhaps after another change in doubt
            task.became(answer.body());
        } else {
            checkSettled(task, doubt, answer);
            task.became(answer.body());
        }
        if (task.isRecurring() && task.is("completed") && !wasCompleted) {
            // The next task has the same title
            model.possible(task.marker(), answer, Set.of(1));
            settle(task.marker());
        }
    }

    private void checkSettled(ExpectedTask task, ExpectedTask.Doubt doubt, ChaosClient.Answer answer) {
        for (var difference : task.differences(answer.body())) {
            var name = difference.split(":")[0];
            var isDue = isSetBy(doubt.members(), name, answer)
                    || !doubt.members().containsKey(name)
                            && (List.of("updated_at", "completed_at").contains(name)
                                    || name.equals("version")
                                            && answer.body().path(name).asInt() == task.version() + 1);
            if (!isDue) {
                run.violations()
                        .add("changes are applied entirely or not at all", answer + ": " + difference + task.history());
            }
        }
    }

    private static boolean isSetBy(Map<String, JsonNode> members, String name, ChaosClient.Answer answer) {
        return members.containsKey(name) && answer.body().path(name).equals(members.get(name));
    }

    void restored(ExpectedTask task, ChaosClient.Answer answer) {
        var differences = ExpectedTask.differences(
                task.state(), answer.body(), List.of("next", "version", "updated_at", "deleted_at"));
        var possible = task.possibleMembers();
        differences.removeIf(difference -> {
            var name = difference.split(":")[0];
            return isSetBy(possible, name, answer)
                    || name.equals("completed_at") && isSetBy(possible, "completed", answer);
        });
        if (!differences.isEmpty()) {
            run.violations().add("a restored task is unchanged", answer + ": " + differences + task.history());
        }
        task.became(answer.body());
    }

    /** Adds the next task named in the response to completing a recurring one. */
    void adoptNext(ExpectedTask task, ChaosClient.Answer completion) throws InterruptedException {
        var id = completion.body().path("next").path("id").asText();
        var answer = client.insist("/tasks/" + id, INSIST_SECONDS);
        if (answer == null) {
            model.possible(task.marker(), completion, Set.of(1));
        } else if (answer.isDone()) {
            model.add(answer.body(), answer);
        } else {
            run.violations().add("completing creates the next task", completion + ", " + answer + task.history());
        }
    }
}
