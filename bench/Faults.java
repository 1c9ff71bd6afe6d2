import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Injects one fault after another, with a pause after each. */
final class Faults {

    /** How long calls may fail after a fault, while connections are reopened and lost responses time out. */
    static final double RECOVERY_SECONDS = 3 * ChaosRun.PATIENCE;

    static final double REST_SECONDS = RECOVERY_SECONDS + 3;

    private final FragileDatabase database;
    private final List<Replica> replicas;
    private final Violations violations;
    private final Random random;
    private final Map<String, FaultKinds.Fault> faults;
    private final Tally thrown = new Tally();
    private volatile String current;
    private volatile long lastEnd = System.nanoTime();

    /** Injects only faults whose name contains the text; all if it is empty. */
    Faults(
            FragileDatabase database,
            TcpProxy proxy,
            List<Replica> replicas,
            Violations violations,
            Random random,
            String only) {
        this.database = database;
        this.replicas = replicas;
        this.violations = violations;
        this.random = random;
        this.faults = new FaultKinds(database, proxy, replicas, violations, random).all();
        faults.keySet().removeIf(name -> !name.contains(only));
        if (faults.isEmpty()) {
            throw new IllegalArgumentException("No fault matches " + only);
        }
    }

    /** Runs until that System.nanoTime(), then finishes the current fault. */
    void throwUntil(long end) throws Exception {
        while (true) {
            var names = new ArrayList<>(faults.keySet());
            Collections.shuffle(names, random);
            for (var name : names) {
                rest(end);
                if (System.nanoTime() >= end) {
                    return;
                }
                happen(name);
            }
        }
    }

    /** The name of the current fault, or null. */
    String current() {
        return current;
    }

    /** Whether there has been no fault since that System.nanoTime(). */
    boolean isCalmSince(long begin) {
        return current == null && begin - lastEnd > RECOVERY_SECONDS * 1e9;
    }

    /** Describes the current or last fault. */
    String describe() {
        return current != null
                ? "during \"" + current + "\""
                : "%.1f s after the last fault".formatted((System.nanoTime() - lastEnd) / 1e9);
    }

    Tally thrown() {
        return thrown;
    }

    private void happen(String name) throws Exception {
        var begin = System.nanoTime();
        current = name;
        try {
            faults.get(name).happen();
        } finally {
            lastEnd = System.nanoTime();
            current = null;
        }
        thrown.count(name, "injected");
        System.err.printf("%s: %.1f s%n", name, (lastEnd - begin) / 1e9);
    }

    private void rest(long end) throws Exception {
        var restEnd = Math.min(end, System.nanoTime() + (long) (REST_SECONDS * 1e9));
        while (System.nanoTime() < restEnd) {
            Thread.sleep(100);
            for (var replica : replicas) {
                if (replica.hasDied()) {
                    violations.add("replicas do not crash", replica.name() + ": exit code " + replica.exitCode());
                    replica.launch();
                }
            }
        }
        checkConnections();
    }

    private void checkConnections() throws Exception {
        var connections = database.connections("%");
        if (connections > replicas.size() * Replica.MOST_CONNECTIONS) {
            violations.add("database connections stay within the pool size", connections + ", " + describe());
        }
    }
}
