import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts the outcomes of each call. */
final class Tally {

    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    synchronized void count(String what, String outcome) {
        counts.computeIfAbsent(what, key -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
    }

    synchronized void report(Report report, String prefix) {
        counts.forEach((what, outcomes) -> report.row(
                prefix + what,
                outcomes,
                outcomes.values().stream().mapToInt(Integer::intValue).sum(),
                outcomes.entrySet().stream()
                        .map(outcome -> outcome.getKey() + ": " + outcome.getValue())
                        .collect(Collectors.joining(", "))));
    }

    @Override
    public synchronized String toString() {
        return counts.toString();
    }
}
