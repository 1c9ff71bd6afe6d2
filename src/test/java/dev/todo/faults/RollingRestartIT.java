package dev.todo.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.PackagedService;
import dev.todo.TodoClient;
import dev.todo.faults.Load.Answer;
import io.restassured.RestAssured;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** SIGTERM ends a replica without failing a request. */
@Tag("faults")
class RollingRestartIT {

    private static final int EXIT_CODE = PackagedService.isNative() ? 0 : 143;

    private final List<PackagedService> replicas = new ArrayList<>();
    private FragileDatabase database;
    private Process proxy;

    @BeforeEach
    void startDatabase() throws Exception {
        database = new FragileDatabase();
    }

    @AfterEach
    void stop() throws Exception {
        RestAssured.reset();
        if (proxy != null) {
            proxy.destroyForcibly();
        }
        for (var replica : replicas) {
            replica.process().destroyForcibly().waitFor();
        }
        database.close();
    }

    @Test
    void a_rolling_restart_behind_a_proxy_fails_no_request() throws Exception {
        var haproxy = Haproxy.find();
        var first = replica("PT5S").awaitReady();
        var second = replica("PT5S").awaitReady();
        var port = PackagedService.freePort();
        proxy = haproxy.start(port, first, second);
        RestAssured.port = port;
        var alice = TodoClient.signedUp();

        List<Answer> answers;
        try (var load = Load.on(port, alice, 100)) {
            Thread.sleep(2_000);
            restart(first);
            restart(second);
            Thread.sleep(2_000);
            answers = load.end();
        }

        var failed = answers.stream()
                .filter(answer -> !Set.of(200, 201).contains(answer.status()))
                .toList();
        assertTrue(answers.size() > 1_000, "requests: " + answers.size());
        assertTrue(failed.isEmpty(), () -> failed.size() + " of " + answers.size() + ", such as " + failed.get(0));
    }

    @Test
    void accepts_connections_during_the_delay_and_finishes_requests_in_progress() throws Exception {
        var replica = replica("PT3S").awaitReady();
        RestAssured.port = replica.port();
        var alice = TodoClient.signedUp();

        replica.terminate();
        var start = System.nanoTime();
        replica.awaitHealth("ready", 503, Duration.ofSeconds(1));
        var http = HttpClient.newHttpClient();
        var me = http.send(
                HttpRequest.newBuilder(URI.create("http://localhost:" + replica.port() + "/users/me"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + alice.token())
                        .build(),
                BodyHandlers.ofString());
        assertEquals(200, me.statusCode());
        assertEquals("close", me.headers().firstValue("connection").orElse(""));
        // Sends half of it, and the rest after the delay
        var body = "{\"title\":\"Slow\"}";
        try (var socket = new Socket("localhost", replica.port())) {
            socket.setSoTimeout(10_000);
            var out = socket.getOutputStream();
            out.write(
                    ("POST /tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                                    + alice.token() + "\r\nContent-Length: " + body.length() + "\r\n\r\n"
                                    + body.substring(0, 3))
                            .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            Thread.sleep(5_000);
            assertTrue(replica.process().isAlive());
            out.write(body.substring(3).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            var answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 201", answer);
        }

        assertTrue(replica.process().waitFor(10, TimeUnit.SECONDS), "still running");
        assertEquals(EXIT_CODE, replica.process().exitValue());
        assertTrue(System.nanoTime() - start > TimeUnit.SECONDS.toNanos(3));
    }

    private PackagedService replica(String shutdownDelay) throws IOException {
        return started(shutdownDelay, PackagedService.freePort(), PackagedService.freePort());
    }

    private PackagedService started(String shutdownDelay, int port, int managementPort) throws IOException {
        var environment = Map.of("DATABASE_URL", database.url(), "SHUTDOWN_DELAY", shutdownDelay);
        var replica = PackagedService.start(environment, port, managementPort);
        replicas.add(replica);
        return replica;
    }

    private void restart(PackagedService replica) throws Exception {
        replica.terminate();
        assertTrue(replica.process().waitFor(40, TimeUnit.SECONDS), "still running");
        assertEquals(EXIT_CODE, replica.process().exitValue());
        started("PT5S", replica.port(), replica.managementPort()).awaitReady();
        // Give the proxy time to notice
        Thread.sleep(1_500);
    }

    /** Debian's HAProxy, which checks the replicas' readiness as Kubernetes does. */
    private record Haproxy(Path program) {

        private static final String CONFIGURATION = """
                defaults
                  mode http
                  timeout connect 2s
                  timeout client 60s
                  timeout server 60s
                  timeout http-keep-alive 60s
                  option httpchk GET /q/health/ready
                  default-server check inter 500ms fall 2 rise 1
                listen todo
                  bind 127.0.0.1:%d
                  http-reuse always
                """;

        static Haproxy find() {
            return new Haproxy(Tools.find("haproxy"));
        }

        Process start(int port, PackagedService... replicas) throws Exception {
            var configuration = new StringBuilder(CONFIGURATION.formatted(port));
            for (var replica : replicas) {
                configuration.append("  server replica%1$d 127.0.0.1:%1$d port %2$d\n"
                        .formatted(replica.port(), replica.managementPort()));
            }
            var file = Files.writeString(Path.of("target", "haproxy-" + port + ".cfg"), configuration);
            var process = new ProcessBuilder(program.toString(), "-db", "-f", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(new File("target/haproxy-" + port + ".log"))
                    .start();
            for (var i = 0; i < 100; i++) {
                try (var socket = new Socket("localhost", port)) {
                    return process;
                } catch (IOException e) {
                    Thread.sleep(50);
                }
            }
            throw new IllegalStateException("HAProxy did not start");
        }
    }
}
