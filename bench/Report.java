import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Prints a table to standard output and writes its measurements to target/NAME.json. */
final class Report {

    private final Path file;
    private final String row;
    private final List<Map<String, Object>> measured = new ArrayList<>();

    /** A row's format takes the name of the measurement, then the results. */
    Report(String name, String header, String row) {
        this.file = Path.of("target", name + ".json");
        this.row = row;
        System.out.println(header);
        System.out.println("| --- |" + " ---: |".repeat(header.split("\\|").length - 2));
    }

    void row(String what, Map<String, ?> measurements, Object... cells) {
        var all = new ArrayList<Object>(List.of(what));
        all.addAll(List.of(cells));
        print(row, all.toArray());
        var entry = new LinkedHashMap<String, Object>(Map.of("what", what));
        entry.putAll(new TreeMap<>(measurements));
        measured.add(entry);
    }

    void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    void write() throws IOException {
        var json = new ObjectMapper();
        var lines = new ArrayList<String>();
        for (var entry : measured) {
            lines.add("  " + json.writeValueAsString(entry));
        }
        Files.writeString(file, "[\n" + String.join(",\n", lines) + "\n]\n");
        print("%nEvery measurement: %s", file);
    }

    static double median(double[] values) {
        var sorted = Arrays.stream(values).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** The quantile of the values: part is 0.95 for the 95th percentile. */
    static double quantile(double[] values, double part) {
        var sorted = Arrays.stream(values).sorted().toArray();
        return sorted[(int) Math.ceil(part * (sorted.length - 1))];
    }
}
