import java.util.List;

/** What all who take part in a run share. */
record ChaosRun(List<Replica> replicas, Faults faults, Violations violations, Tally calls) {

    /** Multiplies what a promise allows in seconds, on a machine that others use too. */
    static final double PATIENCE = Double.parseDouble(System.getenv().getOrDefault("PATIENCE", "1"));
}
