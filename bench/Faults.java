import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Everything that breaks around the service, one after the other, with a rest after each. */
final class Faults {

    /** How long after a fault a call may still fail: connections are made anew, a lost answer is waited for. */
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

    /** Those whose names have that text in them; with an empty one all. */
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
            throw new IllegalArgumentException("There is no fault like " + only);
        }
    }

    /** Until that time of System.nanoTime(); the fault of that moment comes to its end. */
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

    /** The name of the fault at this moment, or null. */
    String current() {
        return current;
    }

    /** Whether nothing has been wrong from then, a time of System.nanoTime(), until now. */
    boolean isCalmSince(long begin) {
        return current == null && begin - lastEnd > RECOVERY_SECONDS * 1e9;
    }

    /** For the evidence. */
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
        thrown.count(name, "thrown");
        System.err.printf("%s: %.1f s%n", name, (lastEnd - begin) / 1e9);
    }

    private void rest(long end) throws Exception {
        var restEnd = Math.min(end, System.nanoTime() + (long) (REST_SECONDS * 1e9));
        while (System.nanoTime() < restEnd) {
            Thread.sleep(100);
            for (var replica : replicas) {
                if (replica.hasDied()) {
                    violations.add("no replica ends by itself", replica.name() + ": exit code " + replica.exitCode());
                    replica.launch();
                }
            }
        }
        checkConnections();
    }

    private void checkConnections() throws Exception {
        var connections = database.connections("%");
        if (connections > replicas.size() * Replica.MOST_CONNECTIONS) {
            violations.add("connections to the database are bounded by the pool", connections + ", " + describe());
        }
    }
}
