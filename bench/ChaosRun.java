import java.util.List;

/** The objects shared within a run. */
record ChaosRun(List<Replica> replicas, Faults faults, Violations violations, Tally calls) {

    /** Multiplies the time limits, for a busy machine. */
    static final double PATIENCE = Double.parseDouble(System.getenv().getOrDefault("PATIENCE", "1"));
}
