import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Measures what one user's load costs another; see bench/noisy-neighbour. */
final class NoisyNeighbour {

    private static final double SECONDS = 4;
    private static final int WARM_UP_SECONDS = 10;
    private static final List<Integer> POOL_SIZES = List.of(4, 7, 20);
    private static final double ALLOWED_RATIO = 2;

    private final double seconds;
    private final boolean isNative;
    private final Report report = new Report(
            "noisy-neighbour",
            "| pool, call, beside | p50, ms | p95, ms | p99, ms | p95 to alone | calls | failed |",
            "| %s | %.1f | %.1f | %.1f | %.1f | %d | %d |");
    private final List<String> broken = new ArrayList<>();

    private NoisyNeighbour(double seconds, boolean isNative) {
        this.seconds = seconds;
        this.isNative = isNative;
    }

    public static void main(String... arguments) throws Exception {
        var numbers = Arrays.stream(arguments)
                .filter(argument -> !argument.startsWith("--"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        var options = Arrays.asList(arguments);
        var isNative = options.contains("--native") || !options.contains("--jar") && Files.exists(Service.NATIVE);
        var measurement = new NoisyNeighbour(numbers.length > 0 ? numbers[0] : SECONDS, isNative);
        for (var size : POOL_SIZES) {
            measurement.measure(size);
        }
        measurement.report.write();
        measurement.broken.forEach(System.err::println);
        System.exit(!measurement.broken.isEmpty() && measurement.seconds >= SECONDS ? 1 : 0);
    }

    private void measure(int poolSize) throws Exception {
        var command = isNative
                ? List.of(Service.NATIVE.toString(), "-Xmx200m")
                : List.of(Service.java(), "-Xmx384m", "-jar", Service.JAR.toString());
        var settings = Map.of("DB_POOL_SIZE", String.valueOf(poolSize), "BCRYPT_COST", "10");
        try (var database = Database.empty();
                var service = Service.launched("noisy-neighbour", command, database, settings)) {
            service.awaitReadiness();
            var quiet = new QuietCaller(service.api());
            quiet.call(WARM_UP_SECONDS);
            var alone = quiet.call(2 * seconds);
            add(poolSize, "nobody", alone, alone);
            try (var noisy = new NoiseProcess(URI.create("http://localhost:" + service.port()))) {
                for (var noise : Noise.all()) {
                    noisy.begin(noise);
                    // Wait for the full load
                    TimeUnit.MILLISECONDS.sleep(500);
                    add(poolSize, noise.name(), quiet.call(seconds), alone);
                    System.err.println(noisy.end());
                    if (!service.isAlive()) {
                        throw new IllegalStateException("The service ended; see " + service.log());
                    }
                    TimeUnit.SECONDS.sleep(1);
                }
            }
        }
    }

    private void add(
            int poolSize,
            String noise,
            Map<String, QuietCaller.Measured> beside,
            Map<String, QuietCaller.Measured> alone) {
        beside.forEach((call, measured) -> {
            var what = poolSize + ", " + call + ", " + noise;
            var ratio = measured.p(0.95) / alone.get(call).p(0.95);
            var entry = new LinkedHashMap<String, Object>(new TreeMap<>(Map.of(
                    "pool",
                    poolSize,
                    "call",
                    call,
                    "noise",
                    noise,
                    "ms",
                    measured.millis(),
                    "failed",
                    measured.failures())));
            report.row(
                    what,
                    entry,
                    measured.p(0.5),
                    measured.p(0.95),
                    measured.p(0.99),
                    ratio,
                    measured.millis().length,
                    measured.failures());
            if (ratio > ALLOWED_RATIO || measured.failures() > 0) {
                broken.add("%s: %.1f times as long, %d failed".formatted(what, ratio, measured.failures()));
            }
        });
    }
}
