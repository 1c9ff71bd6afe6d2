import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Measures exports and imports of many tasks and compares them; see bench/transfer. */
class Transfer {

    static final int TASKS = 100_000;
    static final int LARGEST_FILE_BYTES = 10 * 1024 * 1024;
    /** Members that differ after an import into another account. */
    static final List<String> NEW = List.of("id", "user_id", "updated_at", "version");

    static final ObjectMapper JSON = new ObjectMapper();

    final Api api;
    final Footprint footprint;
    final int tasks;
    final Report report;

    Transfer(Api api, Footprint footprint, int tasks) {
        this.api = api;
        this.footprint = footprint;
        this.tasks = tasks;
        this.report = new Report(
                "transfer", "| " + tasks + " tasks | seconds | peak resident, MiB |", "| %s | %.1f | %.0f |");
    }

    public static void main(String... arguments) throws Exception {
        var rest = new ArrayDeque<>(List.of(arguments));
        var tasks = !rest.isEmpty() && rest.peek().matches("\\d+") ? Integer.parseInt(rest.poll()) : TASKS;
        if (rest.isEmpty()) {
            try (var database = Database.empty();
                    var service = Service.started("transfer", database)) {
                new Transfer(service.api(), service.footprint(), tasks).measure();
            }
        } else {
            var address = URI.create(rest.poll());
            var pid = rest.isEmpty() ? 0 : Long.parseLong(rest.poll());
            new Transfer(new Api(address), new Footprint(pid), tasks).measure();
        }
        System.exit(0);
    }

    void measure() throws Exception {
        var first = api.tokenOfSomebodyNew();
        measured("import of short JSON rows", () -> imported(first, "application/json", List.of(shortRows(-1))));
        var json = measured("export as JSON", () -> exported(first, "json"));
        var csv = measured("export as CSV", () -> exported(first, "csv"));
        var calendar = measured("export as iCalendar", () -> exported(first, "ics"));
        expect("the calendar contains all tasks", calendar.split("BEGIN:VTODO").length == tasks + 1);

        var second = api.tokenOfSomebodyNew();
        measured("import of the JSON export, in files", () -> imported(second, "application/json", arrays(json)));
        expect("the JSON import equals the export", kept(json).equals(kept(exported(second, "json"))));
        var third = api.tokenOfSomebodyNew();
        measured("import of the CSV export, in files", () -> imported(third, "text/csv", tables(csv)));
        expect("the CSV import equals the export", kept(json).equals(kept(exported(third, "json"))));

        var fourth = api.tokenOfSomebodyNew();
        var bad = tasks - 1;
        var refused =
                measured("import with invalid row " + bad, () -> sent(fourth, "application/json", shortRows(bad)));
        expect("bad row is named", refused.statusCode() == 422 && refused.body().contains("row[" + bad + "].title"));
        expect("the rejected import adds no tasks", exported(fourth, "json").equals("[]"));
        report.write();
    }

    String shortRows(int bad) {
        return IntStream.rangeClosed(1, tasks)
                .mapToObj(i -> i == bad
                        ? "{\"title\":\" \"}"
                        : "{\"title\":\"Task %d \u20ac\",\"priority\":\"%s\",\"tags\":[\"t%d\"],\"completed\":%b}"
                                .formatted(i, i % 3 == 0 ? "high" : "low", i % 100, i % 2 == 0))
                .collect(Collectors.joining(",", "[", "]"));
    }

    int imported(String token, String mediaType, List<String> files) throws Exception {
        var imported = 0;
        for (var file : files) {
            var answer = Api.successful(sent(token, mediaType, file));
            imported += JSON.readTree(answer.body()).required("imported").intValue();
        }
        expect("imported " + imported, imported == tasks);
        return imported;
    }

    HttpResponse<String> sent(String token, String mediaType, String file) throws Exception {
        return api.post("/tasks/import", mediaType, file, token);
    }

    String exported(String token, String format) throws Exception {
        return Api.successful(api.get("/tasks/export?format=" + format, token)).body();
    }

    List<JsonNode> kept(String json) throws Exception {
        var kept = new ArrayList<JsonNode>();
        JSON.readTree(json).forEach(task -> kept.add(((ObjectNode) task).remove(NEW)));
        expect("exported " + kept.size(), kept.size() == tasks);
        return kept;
    }

    static List<String> arrays(String json) throws Exception {
        var rows = new ArrayList<String>();
        JSON.readTree(json).forEach(task -> rows.add(task.toString()));
        return files(rows).map(some -> "[" + String.join(",", some) + "]").toList();
    }

    static List<String> tables(String csv) {
        var lines = List.of(csv.split("\r\n"));
        return files(lines.subList(1, lines.size()))
                .map(some -> lines.get(0) + "\r\n" + String.join("\r\n", some))
                .toList();
    }

    static Stream<List<String>> files(List<String> rows) {
        var bytes = rows.stream()
                .mapToLong(row -> row.getBytes(StandardCharsets.UTF_8).length + 2)
                .sum();
        var perFile = (int) (rows.size() * (long) LARGEST_FILE_BYTES * 9 / 10 / bytes);
        return IntStream.iterate(0, start -> start < rows.size(), start -> start + perFile)
                .mapToObj(start -> rows.subList(start, Math.min(rows.size(), start + perFile)));
    }

    <T> T measured(String what, Callable<T> work) throws Exception {
        footprint.forgetMostResident();
        var begin = System.nanoTime();
        var result = work.call();
        var seconds = (System.nanoTime() - begin) / 1e9;
        var most = footprint.mostResidentMiB();
        report.row(what, Map.of("seconds", seconds, "most_resident_mib", most), seconds, most);
        return result;
    }

    static void expect(String what, boolean holds) {
        if (!holds) {
            throw new IllegalStateException("Check failed: " + what);
        }
    }
}
