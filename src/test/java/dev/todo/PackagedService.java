package dev.todo;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service in its own process, with only the given environment variables. */
public final class PackagedService implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final List<String> SMALL_HEAP =
            isNative() ? List.of("-Xmx200m") : List.of("-Xmx384m", "-XX:+ExitOnOutOfMemoryError");

    private final Process process;
    private final int port;
    private final int managementPort;

    private PackagedService(Process process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Starts it on free ports and logs to a file in {@code target}. */
    public static PackagedService start(Map<String, String> environment) throws IOException {
        return start(environment, freePort(), freePort());
    }

    /** Starts it with options of the JVM or the executable. */
    public static PackagedService start(Map<String, String> environment, List<String> options) throws IOException {
        return start(environment, freePort(), freePort(), options);
    }

    /** Starts it with only as much memory as the images allow. */
    public static PackagedService startWithSmallHeap(Map<String, String> environment) throws IOException {
        return start(environment, SMALL_HEAP);
    }

    public static PackagedService start(Map<String, String> environment, int port, int managementPort)
            throws IOException {
        return start(environment, port, managementPort, List.of());
    }

    private static PackagedService start(
            Map<String, String> environment, int port, int managementPort, List<String> options) throws IOException {
        var all = new HashMap<String, String>();
        all.put("JWT_SECRET", EmbeddedPostgresResource.JWT_SECRET);
        all.put("BCRYPT_COST", "10");
        all.put("PORT", String.valueOf(port));
        all.put("MANAGEMENT_PORT", String.valueOf(managementPort));
        all.putAll(environment);
        var log = new File("target/packaged-service-" + port + ".log");
        var process = builder(all, options)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        return new PackagedService(process, port, managementPort);
    }

    /** Runs the executable in native tests, otherwise the jar. */
    public static ProcessBuilder builder(Map<String, String> environment) {
        return builder(environment, List.of());
    }

    public static ProcessBuilder builder(Map<String, String> environment, List<String> options) {
        var executable = Path.of("target/todo-service-runner");
        var command = new ArrayList<String>();
        if (Files.isExecutable(executable) && isNative()) {
            command.add(executable.toString());
            command.addAll(options);
        } else {
            command.add(ProcessHandle.current().info().command().orElse("java"));
            command.addAll(options);
            command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        }
        var builder = new ProcessBuilder(command);
        var path = builder.environment().getOrDefault("PATH", "");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().putAll(environment);
        return builder;
    }

    public static boolean isNative() {
        return System.getProperty("native.image.path") != null;
    }

    public static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public Process process() {
        return process;
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return managementPort;
    }

    /** The status of a health check, or 0 without a response. */
    public int health(String check) {
        try {
            var request = HttpRequest.newBuilder(
                            URI.create("http://localhost:" + managementPort + "/q/health/" + check))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public PackagedService awaitReady() throws InterruptedException {
        return awaitHealth("ready", 200, Duration.ofSeconds(30));
    }

    public PackagedService awaitHealth(String check, int status, Duration atMost) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        while (health(check) != status) {
            if (System.nanoTime() > end || !process.isAlive()) {
                throw new IllegalStateException("Health check " + check + " returns " + health(check));
            }
            Thread.sleep(50);
        }
        return this;
    }

    /** Sends SIGTERM; does not wait. */
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() throws Exception {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
