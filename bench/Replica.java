import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service process with the documented minimum of memory. It keeps its address when restarted. */
final class Replica implements AutoCloseable {

    private static final int POOL_SIZE = 6;
    /** One more connection listens for notifications. */
    static final int MOST_CONNECTIONS = POOL_SIZE + 1;

    private static final int READY_SECONDS = 300;
    /** Requests in progress get 30 s to finish. */
    private static final double STOP_SECONDS = 40 * ChaosRun.PATIENCE;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final URI address;
    private final URI readiness;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Process process;
    private volatile boolean isMeantToRun;

    Replica(String name, boolean isNative, int databasePort) throws IOException {
        this.name = name;
        command = isNative
                ? List.of(Service.NATIVE.toString(), "-Xmx200m")
                : List.of(Service.java(), "-Xmx384m", "-XX:+ExitOnOutOfMemoryError", "-jar", Service.JAR.toString());
        var port = freePort();
        var managementPort = freePort();
        environment = new HashMap<>(Map.of(
                "DATABASE_URL",
                "postgresql://postgres@localhost:" + databasePort + "/postgres?sslmode=disable",
                "DB_POOL_SIZE",
                String.valueOf(POOL_SIZE),
                "JWT_SECRET",
                Service.JWT_SECRET,
                "RATE_LIMITS",
                "off",
                "BCRYPT_COST",
                "10",
                "LOG_FORMAT",
                "text",
                "PORT",
                String.valueOf(port),
                "MANAGEMENT_PORT",
                String.valueOf(managementPort),
                "SHUTDOWN_DELAY",
                "PT1S"));
        address = URI.create("http://localhost:" + port);
        readiness = URI.create("http://localhost:" + managementPort + "/q/health/ready");
        log = Path.of("target", name + ".log");
        Files.deleteIfExists(log);
        Runtime.getRuntime().addShutdownHook(new Thread(this::kill));
    }

    static long memoryLimitMiB(boolean isNative) {
        // The heap, plus code, metadata, threads and network buffers
        return isNative ? 200 + 100 : 384 + 250;
    }

    /** Starts the process without waiting for it. */
    void launch() throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        process = builder.start();
        isMeantToRun = true;
    }

    void awaitReadiness() throws IOException, InterruptedException {
        var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
        while (System.nanoTime() < end && process.isAlive()) {
            if (isReady()) {
                return;
            }
            Thread.sleep(50);
        }
        throw new IllegalStateException(name + " did not become ready; see " + log);
    }

    boolean isReady() throws InterruptedException {
        try {
            var request = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(10));
            return http.send(request.build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    void kill() {
        isMeantToRun = false;
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /** Sends SIGTERM and returns the exit code, or -1 if the process did not end. */
    int stop() throws InterruptedException {
        isMeantToRun = false;
        process.destroy();
        if (process.waitFor((long) STOP_SECONDS, TimeUnit.SECONDS)) {
            return process.exitValue();
        }
        kill();
        return -1;
    }

    boolean hasDied() {
        return isMeantToRun && !process.isAlive();
    }

    int exitCode() {
        return process.exitValue();
    }

    String name() {
        return name;
    }

    URI address() {
        return address;
    }

    Path log() {
        return log;
    }

    Footprint footprint() {
        return new Footprint(process.pid());
    }

    /** The number of open files and connections, or -1 if unknown. */
    long openFiles() throws IOException {
        var directory = Path.of("/proc", String.valueOf(process.pid()), "fd");
        if (!Files.isDirectory(directory)) {
            return -1;
        }
        try (var files = Files.list(directory)) {
            return files.count();
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
