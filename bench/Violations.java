import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The broken promises, each with its first few cases as evidence. */
final class Violations {

    private static final int SHOWN_OF_EACH = 5;

    private final Map<String, List<String>> cases = new TreeMap<>();

    synchronized void add(String promise, String evidence) {
        var all = cases.computeIfAbsent(promise, key -> new ArrayList<>());
        all.add(Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + evidence);
        if (all.size() <= SHOWN_OF_EACH) {
            System.err.println("VIOLATION " + promise + ": " + all.get(all.size() - 1));
        }
    }

    synchronized int count(String promise) {
        return cases.getOrDefault(promise, List.of()).size();
    }

    synchronized boolean isEmpty() {
        return cases.isEmpty();
    }

    /** The number of cases and the first few, by promise. */
    synchronized Map<String, Object> all() {
        var all = new TreeMap<String, Object>();
        cases.forEach((promise, some) -> all.put(
                promise, Map.of("times", some.size(), "first", some.subList(0, Math.min(some.size(), SHOWN_OF_EACH)))));
        return all;
    }
}
