import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Injects faults around two replicas while quiet and noisy users work; see bench/chaos. */
final class Chaos {

    private static final int SECONDS = 120;
    private static final int QUIET_USERS = 15;
    private static final int WARM_UP_SECONDS = 10;
    private static final int REST_SECONDS = 20;
    /** Allows for client connections that are not closed yet. */
    private static final int FILES_MARGIN = 40;

    private final boolean isNative;
    private final long seed;
    private final String only;
    private final Violations violations = new Violations();
    private final Tally calls = new Tally();

    private Chaos(boolean isNative, long seed, String only) {
        this.isNative = isNative;
        this.seed = seed;
        this.only = only;
    }

    public static void main(String... arguments) throws Exception {
        // Less than the rest at the end, so that the connections counted there are not this client's idle ones
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
        var numbers = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .mapToLong(Long::parseLong)
                .toArray();
        var options = Arrays.asList(arguments);
        var isNative = options.contains("--native") || !options.contains("--jar") && Files.exists(Service.NATIVE);
        var seconds = numbers.length > 0 ? (int) numbers[0] : SECONDS;
        var seed = numbers.length > 1 ? numbers[1] : System.nanoTime() % 1_000_000;
        var only = options.stream()
                .filter(option -> option.startsWith("--only="))
                .findFirst()
                .map(option -> option.substring("--only=".length()))
                .orElse("");
        System.exit(new Chaos(isNative, seed, only).run(seconds) ? 0 : 1);
    }

    private boolean run(int seconds) throws Exception {
        System.out.printf(
                "%s, %d processors, seed %d%n%n",
                isNative ? "executable" : "jar", Runtime.getRuntime().availableProcessors(), seed);
        try (var database = new FragileDatabase();
                var proxy = new TcpProxy(database.port());
                var one = new Replica("chaos-one", isNative, proxy.port());
                var other = new Replica("chaos-other", isNative, proxy.port())) {
            var replicas = List.of(one, other);
            for (var replica : replicas) {
                replica.launch();
                replica.awaitReadiness();
            }
            var faults = new Faults(database, proxy, replicas, violations, new Random(seed), only);
            var run = new ChaosRun(replicas, faults, violations, calls);
            var users = users(run);
            var noise = new NoiseMaker(replicas.stream().map(Replica::address).toList(), seed);

            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            for (var user : users) {
                user.begin();
            }
            TimeUnit.SECONDS.sleep(WARM_UP_SECONDS);
            var footprints = new Footprints(database, replicas);
            footprints.measure("begin");
            noise.start();
            faults.throwUntil(end);

            noise.end();
            for (var user : users) {
                user.end();
            }
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            var comparison = new FinalComparison(database, violations);
            for (var user : users) {
                comparison.compare(user);
            }
            footprints.measure("end");
            footprints.check(violations, isNative, FILES_MARGIN);
            users.forEach(user -> user.follower().end());
            report(faults, noise, footprints, comparison, Logs.errors(replicas));
        }
        return violations.isEmpty();
    }

    private List<QuietUser> users(ChaosRun run) throws Exception {
        var json = new ObjectMapper();
        var api = new Api(run.replicas().get(0).address());
        var users = new ArrayList<QuietUser>();
        for (var index = 1; index <= QUIET_USERS; index++) {
            var email = "quiet" + index + "@example.com";
            var id = json.readTree(Api.successful(api.signUp(email)).body())
                    .path("id")
                    .asText();
            users.add(new QuietUser(run, id, api.tokenOf(email), index, seed * 1_000 + index * 10));
        }
        return users;
    }

    private void report(
            Faults faults,
            NoiseMaker noise,
            Footprints footprints,
            FinalComparison comparison,
            Map<String, Integer> errors)
            throws Exception {
        var report = new Report("chaos", "| what | times | outcomes |", "| %s | %d | %s |");
        if (noise.rounds() == 0) {
            violations.add("the chaos test itself works", "no noisy user completed a round");
        }
        faults.thrown().report(report, "fault: ");
        noise.outcomes().report(report, "noise: ");
        calls.report(report, "quiet: ");
        errors.forEach((error, times) -> {
            report.row("logged: " + error.replace("|", "\\|"), Map.of("times", times), times, "");
            if (!Logs.isKnown(error)) {
                violations.add("no errors are logged", times + " × " + error);
            }
        });
        report.row(
                "tasks compared with model, database and copies",
                Map.of("tasks", comparison.tasksCompared()),
                comparison.tasksCompared(),
                "");
        footprints.report(report);
        violations.all().forEach((promise, cases) -> {
            report.row(
                    "BROKEN: " + promise, Map.of("cases", cases), violations.count(promise), "see target/chaos.json");
        });
        report.print(
                "%nAcknowledged changes lost: %d. Rejected changes found: %d.",
                violations.count("acknowledged tasks exist")
                        + violations.count("tasks match the last acknowledged change")
                        + violations.count("at the end, the list equals the model"),
                violations.count("rejected tasks do not exist")
                        + violations.count("a stale If-Match changes nothing"));
        report.write();
    }
}
