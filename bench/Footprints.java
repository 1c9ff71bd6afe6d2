import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The replicas' memory, database connections and open files at the beginning and at the end. */
final class Footprints {

    private final FragileDatabase database;
    private final List<Replica> replicas;
    private final Map<String, Map<String, Double>> measured = new TreeMap<>();

    Footprints(FragileDatabase database, List<Replica> replicas) {
        this.database = database;
        this.replicas = replicas;
    }

    void measure(String when) throws IOException, SQLException {
        for (var replica : replicas) {
            put(replica.name() + ": resident MiB", when, replica.footprint().residentMiB());
            put(
                    replica.name() + ": peak resident MiB",
                    when,
                    replica.footprint().mostResidentMiB());
            put(replica.name() + ": open files", when, replica.openFiles());
        }
        put("database connections", when, database.connections("%"));
        put("connections in a transaction", when, database.connections("idle in transaction%"));
    }

    void check(Violations violations, boolean isNative, int filesMargin) {
        for (var replica : replicas) {
            var most = measured.get(replica.name() + ": peak resident MiB").get("end");
            if (most > Replica.memoryLimitMiB(isNative)) {
                violations.add("memory stays within its limit", replica.name() + ": " + most + " MiB");
            }
            var files = measured.get(replica.name() + ": open files");
            if (files.get("end") > files.get("begin") + filesMargin) {
                violations.add("client connections are closed at the end", replica.name() + ": " + files);
            }
        }
        var connections = measured.get("database connections").get("end");
        if (connections > replicas.size() * Replica.MOST_CONNECTIONS) {
            violations.add("database connections stay within the pool size", connections + " at the end");
        }
        if (measured.get("connections in a transaction").get("end") > 0) {
            violations.add(
                    "no transaction is left open",
                    measured.get("connections in a transaction").toString());
        }
    }

    void report(Report report) {
        measured.forEach((what, values) -> report.row(
                what,
                values,
                Math.round(values.get("end")),
                "begin: %.0f, end: %.0f".formatted(values.get("begin"), values.get("end"))));
    }

    private void put(String what, String when, double value) {
        measured.computeIfAbsent(what, key -> new TreeMap<>()).put(when, value);
    }
}
