package dev.todo.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.PackagedService;
import dev.todo.TodoClient;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetSocketAddress;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that request large responses but read them slowly or not at all. The service has only its image's memory. */
@Tag("faults")
class SlowReaderIT {

    private static final int ACCOUNTS = 4;
    private static final int UNREAD_CONNECTIONS = 110;

    /** Allows for a busy machine. */
    private static final Duration MAX_START_TIME = Duration.ofSeconds(120);

    private static FragileDatabase database;
    private static PackagedService service;
    private static final List<TodoClient> OWNERS = new ArrayList<>();
    private static TodoClient other;

    @BeforeAll
    static void start() throws Exception {
        database = new FragileDatabase();
        service = PackagedService.startWithSmallHeap(Map.of(
                        "DATABASE_URL",
                        database.url(),
                        "SHUTDOWN_DELAY",
                        "PT0S",
                        "RATE_LIMITS",
                        "off",
                        "DB_POOL_SIZE",
                        "7"))
                .awaitHealth("ready", 200, MAX_START_TIME);
        RestAssured.port = service.port();
        var rows = IntStream.range(0, 200)
                .mapToObj(i -> Map.of("title", "Large " + i, "description", "😀".repeat(4_000)))
                .toList();
        // A class that is run again has another database
        OWNERS.clear();
        for (var i = 0; i < ACCOUNTS; i++) {
            OWNERS.add(TodoClient.signedUp());
            OWNERS.get(i).importing("application/json", rows).then().statusCode(200);
        }
        other = TodoClient.signedUp();
        other.add("Buy milk");
        RestAssured.reset();
    }

    @AfterAll
    static void stop() throws Exception {
        try {
            service.close();
        } finally {
            database.close();
        }
    }

    @Test
    void cuts_off_a_client_that_reads_nothing_for_thirty_seconds() throws Exception {
        try (var socket = request(OWNERS.get(0), "/tasks/export")) {
            Thread.sleep(34_000);

            assertTrue(remaining(socket) < 3_000_000, "only what the kernel had buffered, of 3.3 MB");
            assertTrue(droppedConnections("stalled") >= 1);
        }
    }

    @Test
    void serves_a_slow_but_steady_reader_completely() throws Exception {
        try (var socket = request(OWNERS.get(0), "/tasks?limit=200")) {
            var in = socket.getInputStream();
            var read = 0L;
            for (var second = 0; second < 40; second++) {
                read += in.readNBytes(4_000).length;
                Thread.sleep(1_000);
            }

            assertTrue(read + remaining(socket) > 1_000_000);
        }
    }

    @Test
    void unread_connections_neither_crash_the_service_nor_delay_others() throws Exception {
        var paths = List.of(
                "/tasks?limit=200", "/tasks/export", "/tasks/export?format=csv", "/tasks/export?format=ics", "/tasks");
        for (var round = 0; round < 3; round++) {
            var sockets = new ArrayList<Socket>();
            try {
                for (var i = 0; i < UNREAD_CONNECTIONS; i++) {
                    sockets.add(request(OWNERS.get(i % ACCOUNTS), paths.get(i % paths.size())));
                    if (i % 10 == 0) {
                        assertEquals(200, statusOf(other, "/tasks"), "connection " + i);
                    }
                }
                for (var i = 0; i < 20; i++) {
                    assertEquals(200, statusOf(other, "/tasks"));
                    Thread.sleep(100);
                }
            } finally {
                for (var socket : sockets) {
                    socket.close();
                }
            }
        }

        assertTrue(service.process().isAlive());
        assertTrue(residentMiB() < 700, residentMiB() + " MiB resident");
    }

    /** Sends a request without reading the response, with a small receive buffer. */
    private static Socket request(TodoClient user, String path) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("localhost", service.port()));
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + user.token()
                                + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** The number of bytes received until the connection ends or is silent for ten seconds. */
    private static long remaining(Socket socket) {
        var bytes = 0L;
        var buffer = new byte[65_536];
        try {
            for (var read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                bytes += read;
            }
        } catch (IOException e) {
            // Cut off
        }
        return bytes;
    }

    private static int statusOf(TodoClient user, String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + service.port() + path))
                .header("Authorization", "Bearer " + user.token())
                .timeout(Duration.ofSeconds(20))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.discarding())
                .statusCode();
    }

    private static double droppedConnections(String reason) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + service.managementPort() + "/q/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith("todo_connections_dropped_total") && line.contains(reason))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static long residentMiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/" + service.process().pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }
}
