package dev.todo.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.PackagedService;
import dev.todo.RawConnection;
import dev.todo.TodoClient;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A small replica survives floods of requests, with and without a token, and keeps serving other clients. */
@Tag("faults")
class FloodIT {

    private static final int CHUNK_SIZE = 64 * 1024;

    private static FragileDatabase database;
    private static PackagedService service;
    private static String accessToken;

    @BeforeAll
    static void start() throws Exception {
        database = new FragileDatabase();
        service = PackagedService.start(Map.of(
                        "DATABASE_URL",
                        database.url(),
                        "SHUTDOWN_DELAY",
                        "PT0S",
                        "DOCS",
                        "off",
                        "JAVA_TOOL_OPTIONS",
                        "-Xmx200m -XX:+ExitOnOutOfMemoryError"))
                .awaitHealth("ready", 200, Duration.ofMinutes(3));
        RestAssured.port = service.port();
        accessToken = TodoClient.signedUp().token();
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
    void survives_a_request_with_Content_Length_and_Transfer_Encoding() throws Exception {
        for (var version : List.of("1.0", "1.1")) {
            assertCutOff("POST /auth/login HTTP/" + version + "\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n");
        }
    }

    @Test
    void cuts_off_an_endless_body_on_any_path_and_port() throws Exception {
        for (var path : List.of("/auth/login", "/auth/logout", "/nowhere", "/", "/docs/", "/tasks", "/tasks/import")) {
            assertCutOff("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + accessToken + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        }
        assertCutOff(
                service.managementPort(),
                "POST /q/health/ready HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    @Test
    void serves_others_during_many_stalled_uploads() throws Exception {
        var stalled = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 60; i++) {
                var upload = connect(service.port());
                stalled.add(upload);
                var sender = new Thread(() -> send(upload, head("/tasks/import", 10_000_000), 9_000_000));
                sender.setDaemon(true);
                sender.start();
            }
            Thread.sleep(3_000);

            assertServesOthers();
            try (var upload = new RawConnection(service.port())) {
                upload.send(head("/tasks", 60_000) + "x".repeat(60_000));
                assertEquals(400, upload.read().status());
            }
        } finally {
            close(stalled);
        }
        assertServesOthers();
    }

    @Test
    void releases_request_bodies_of_idle_connections() throws Exception {
        var idle = new ArrayList<RawConnection>();
        try {
            for (var i = 0; i < 100; i++) {
                var connection = new RawConnection(service.port());
                idle.add(connection);
                connection.send(head("/tasks/import", 4_000_000) + "x".repeat(4_000_000));
                assertEquals(400, connection.read().status());
            }
            assertServesOthers();
        } finally {
            idle.forEach(RawConnection::close);
        }
    }

    @Test
    void serves_others_during_many_small_slow_bodies() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 1_500; i++) {
                var upload = connect(service.port());
                slow.add(upload);
                send(upload, head("/auth/login", 65_536), 65_000);
            }
            assertServesOthers();
        } finally {
            close(slow);
        }
    }

    @Test
    void serves_others_despite_thousands_of_idle_connections() throws Exception {
        var idle = new ArrayList<Socket>();
        try {
            for (var i = 0; i < 5_000; i++) {
                var connection = connect(service.port());
                idle.add(connection);
                send(connection, "GET /" + "a".repeat(3_000) + " HTTP/1.1\r\nX: " + "b".repeat(8_000), 0);
                if (i % 1_000 == 0) {
                    assertServesOthers();
                }
            }
            assertServesOthers();
            assertEquals(200, service.health("ready"));
        } finally {
            close(idle);
        }
    }

    @Test
    void does_not_buffer_endless_requests_pipelined_behind_a_stream() throws Exception {
        var clients = new ArrayList<Socket>();
        var request = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "b".repeat(1_000) + "\r\n\r\n";
        try {
            for (var i = 0; i < 10; i++) {
                var client = connect(service.port());
                clients.add(client);
                send(client, head("/tasks/events", 0).replace("POST", "GET"), 0);
                var sender = new Thread(() -> {
                    for (var j = 0; j < 300; j++) {
                        send(client, request.repeat(100), 0);
                    }
                });
                sender.setDaemon(true);
                sender.start();
            }
            Thread.sleep(5_000);
            assertServesOthers();
        } finally {
            close(clients);
        }
    }

    @Test
    void disabled_docs_stay_hidden_however_their_path_is_encoded() {
        for (var path : List.of(
                "/docs",
                "/docs/",
                "/docs/index.html",
                "/docs%2Findex.html",
                "/docs/%69ndex.html",
                "/%64ocs/explorer.js",
                "//docs/index.html",
                "/x/../docs/index.html",
                "/docs/index.html;a=b",
                "/docs%2fswagger-ui%2fswagger-ui.css",
                "/openapi",
                "/%6Fpenapi",
                "/openapi%2F")) {
            try (var connection = new RawConnection(service.port())) {
                connection.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
                assertEquals(404, connection.read().status(), path);
            }
        }
    }

    private static void assertCutOff(String head) throws Exception {
        assertCutOff(service.port(), head);
    }

    private static void assertCutOff(int port, String head) throws Exception {
        var chunk = Integer.toHexString(CHUNK_SIZE) + "\r\n" + "x".repeat(CHUNK_SIZE) + "\r\n";
        var sent = 0L;
        try (var client = connect(port)) {
            var out = client.getOutputStream();
            out.write(head.getBytes(ISO_8859_1));
            for (var bytes = chunk.getBytes(ISO_8859_1); sent < 400_000_000; sent += CHUNK_SIZE) {
                out.write(bytes);
            }
        } catch (IOException closed) {
            // expected
        }
        assertTrue(sent < 200_000_000, "Sent " + sent + " to " + head);
        assertServesOthers();
    }

    private static void assertServesOthers() throws Exception {
        assertTrue(service.process().isAlive());
        try (var connection = new RawConnection(service.port())) {
            connection.send(head("/users/me", 0).replace("POST", "GET"));
            assertEquals(200, connection.read().status());
            connection.send(head("/tasks", 16) + "{\"title\":\"Milk\"}");
            assertEquals(201, connection.read().status());
        }
        assertTrue(!Files.readString(Path.of("target/packaged-service-" + service.port() + ".log"))
                .contains("java.lang.OutOfMemoryError"));
    }

    private static String head(String path, int length) {
        return "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + accessToken + "\r\n"
                + (length == 0 ? "" : "Content-Length: " + length + "\r\n") + "\r\n";
    }

    private static Socket connect(int port) throws IOException {
        return new Socket("localhost", port);
    }

    private static void send(Socket client, String head, int bodyBytes) {
        try {
            client.getOutputStream().write((head + "x".repeat(bodyBytes)).getBytes(ISO_8859_1));
        } catch (IOException closed) {
            // the service may close it to make room for others
        }
    }

    private static void close(List<Socket> clients) throws IOException {
        for (var client : clients) {
            client.close();
        }
    }
}
