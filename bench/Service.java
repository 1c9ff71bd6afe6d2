import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as a process on free ports, with production settings but without rate limits. */
final class Service implements AutoCloseable {

    static final String JWT_SECRET = "for measurements only, 32 bytes or more";
    static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    static final Path NATIVE = Path.of("target/todo-service-runner");
    static final int DEADLINE_SECONDS = 60;

    private final Process process;
    private final int port;
    private final URI readiness;
    private final Path log;

    private Service(Process process, int port, int managementPort, Path log) {
        this.process = process;
        this.port = port;
        this.readiness = URI.create("http://localhost:" + managementPort + "/q/health/ready");
        this.log = log;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    }

    /** Starts the executable, or the jar if there is none, and waits until it is ready. Logs to target/NAME.log. */
    static Service started(String name, Database database) throws IOException, InterruptedException {
        var command = Files.exists(NATIVE) ? List.of(NATIVE.toString()) : List.of(java(), "-jar", JAR.toString());
        System.out.printf(
                "%s, %d processors%n%n", String.join(" ", command), Runtime.getRuntime().availableProcessors());
        var service = launched(name, command, database, Map.of());
        try {
            service.awaitReadiness();
            return service;
        } catch (Exception failure) {
            service.close();
            throw failure;
        }
    }

    /** Starts the service without waiting for it. */
    static Service launched(String name, List<String> command, Database database, Map<String, String> settings)
            throws IOException {
        var port = freePort();
        var managementPort = freePort();
        var environment = new HashMap<>(Map.of(
                "DATABASE_URL", database.url(),
                "JWT_SECRET", JWT_SECRET,
                "RATE_LIMITS", "off",
                "PORT", String.valueOf(port),
                "MANAGEMENT_PORT", String.valueOf(managementPort),
                "SHUTDOWN_DELAY", "PT0S"));
        environment.putAll(settings);
        var log = Path.of("target", name + ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        return new Service(builder.start(), port, managementPort, log);
    }

    /** The Java that runs this measurement. */
    static String java() {
        return ProcessHandle.current().info().command().orElse("java");
    }

    void awaitReadiness() throws IOException, InterruptedException {
        var http = HttpClient.newHttpClient();
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS);
        while (isAlive() && System.nanoTime() < end) {
            try {
                var answer = http.send(HttpRequest.newBuilder(readiness).build(), BodyHandlers.discarding());
                if (answer.statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // not listening yet
            }
            Thread.sleep(20);
        }
        throw new IllegalStateException("The service did not become ready; see " + log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int port() {
        return port;
    }

    Path log() {
        return log;
    }

    Api api() {
        return new Api(URI.create("http://localhost:" + port));
    }

    Footprint footprint() {
        return new Footprint(process.pid());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
