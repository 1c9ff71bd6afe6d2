import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** See the script beside this file. */
public class Transfer {

    private static final int TASKS = 100_000;
    private static final int LARGEST_FILE_BYTES = 10 * 1024 * 1024;
    private static final List<String> NEW = List.of("id", "user_id", "updated_at", "version");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static URI service;
    private static Path process;

    public static void main(String[] arguments) throws Exception {
        service = URI.create(arguments[0]);
        process = arguments.length > 1 ? Path.of("/proc", arguments[1]) : null;
        System.out.println("| 100,000 tasks | seconds | most resident, MiB |");
        System.out.println("| --- | ---: | ---: |");

        var first = token();
        measured("import of short JSON rows", () -> imported(first, "application/json", List.of(shortRows(-1))));
        var json = measured("export as JSON", () -> exported(first, "json"));
        var csv = measured("export as CSV", () -> exported(first, "csv"));
        var calendar = measured("export as iCalendar", () -> exported(first, "ics"));
        expect("all in the calendar", calendar.split("BEGIN:VTODO").length == TASKS + 1);

        var second = token();
        measured("import of that JSON, in files", () -> imported(second, "application/json", arrays(json)));
        expect("the same from JSON", kept(json).equals(kept(exported(second, "json"))));
        var third = token();
        measured("import of that CSV, in files", () -> imported(third, "text/csv", tables(csv)));
        expect("the same from CSV", kept(json).equals(kept(exported(third, "json"))));

        var fourth = token();
        var refused = measured(
                "import with a bad row 99,999", () -> sent(fourth, "application/json", shortRows(99_999)));
        expect("refused by name", refused.statusCode() == 422 && refused.body().contains("row[99999].title"));
        expect("nothing left behind", exported(fourth, "json").equals("[]"));
    }

    private static String token() throws Exception {
        var credentials = "{\"email\":\"" + UUID.randomUUID() + "@example.com\",\"password\":\"correct horse battery\"}";
        for (var path : List.of("/auth/signup", "/auth/login")) {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(service.resolve(path))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(credentials))
                            .build(),
                    BodyHandlers.ofString());
            expect(path, answer.statusCode() < 300);
            if (path.endsWith("login")) {
                return JSON.readTree(answer.body()).get("access_token").textValue();
            }
        }
        throw new IllegalStateException();
    }

    private static String shortRows(int bad) {
        return IntStream.rangeClosed(1, TASKS)
                .mapToObj(i -> i == bad
                        ? "{\"title\":\" \"}"
                        : "{\"title\":\"Task %d \u20ac\",\"priority\":\"%s\",\"tags\":[\"t%d\"],\"completed\":%b}"
                                .formatted(i, i % 3 == 0 ? "high" : "low", i % 100, i % 2 == 0))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static int imported(String token, String mediaType, List<String> files) throws Exception {
        var imported = 0;
        for (var file : files) {
            var answer = sent(token, mediaType, file);
            expect(answer.body(), answer.statusCode() == 200);
            imported += JSON.readTree(answer.body()).get("imported").intValue();
        }
        expect("imported " + imported, imported == TASKS);
        return imported;
    }

    private static HttpResponse<String> sent(String token, String mediaType, String file) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(service.resolve("/tasks/import"))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", mediaType)
                        .POST(BodyPublishers.ofString(file))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String exported(String token, String format) throws Exception {
        var answer = HTTP.send(
                HttpRequest.newBuilder(service.resolve("/tasks/export?format=" + format))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
        expect("export", answer.statusCode() == 200);
        return answer.body();
    }

    private static List<JsonNode> kept(String json) throws Exception {
        var tasks = new ArrayList<JsonNode>();
        JSON.readTree(json).forEach(task -> tasks.add(((ObjectNode) task).remove(NEW)));
        expect("exported " + tasks.size(), tasks.size() == TASKS);
        return tasks;
    }

    private static List<String> arrays(String json) throws Exception {
        var tasks = new ArrayList<String>();
        JSON.readTree(json).forEach(task -> tasks.add(task.toString()));
        return files(tasks).map(some -> "[" + String.join(",", some) + "]").toList();
    }

    private static List<String> tables(String csv) {
        var lines = List.of(csv.split("\r\n"));
        return files(lines.subList(1, lines.size()))
                .map(some -> lines.get(0) + "\r\n" + String.join("\r\n", some))
                .toList();
    }

    private static Stream<List<String>> files(List<String> rows) {
        var bytes = rows.stream()
                .mapToLong(row -> row.getBytes(StandardCharsets.UTF_8).length + 2)
                .sum();
        var perFile = (int) (rows.size() * (long) LARGEST_FILE_BYTES * 9 / 10 / bytes);
        return IntStream.iterate(0, start -> start < rows.size(), start -> start + perFile)
                .mapToObj(start -> rows.subList(start, Math.min(rows.size(), start + perFile)));
    }

    private static <T> T measured(String what, Callable<T> work) throws Exception {
        if (process != null) {
            // Has the kernel forget the most that was resident so far, see proc(5)
            Files.writeString(process.resolve("clear_refs"), "5");
        }
        var start = System.nanoTime();
        var result = work.call();
        var seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(Locale.ROOT, "| %s | %.1f | %s |%n", what, seconds, mostResidentMiB());
        return result;
    }

    private static String mostResidentMiB() throws IOException {
        if (process == null) {
            return "";
        }
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .map(line -> String.valueOf(Integer.parseInt(line.replaceAll("\\D", "")) / 1024))
                .findFirst()
                .orElseThrow();
    }

    private static void expect(String what, boolean holds) {
        if (!holds) {
            System.err.println("Not as it should be: " + what);
            System.exit(1);
        }
    }
}
