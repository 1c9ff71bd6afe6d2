package dev.todo.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.PackagedService;
import dev.todo.TodoClient;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Limits on slow clients and on oversized request heads. */
@Tag("faults")
class SlowClientIT {

    private static final String INCOMPLETE_BODY = "POST /auth/login HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: 40\r\n\r\n{";

    private static FragileDatabase database;
    private static PackagedService service;
    private static String accessToken;

    @BeforeAll
    static void start() throws Exception {
        database = new FragileDatabase();
        service = PackagedService.start(Map.of("DATABASE_URL", database.url(), "SHUTDOWN_DELAY", "PT0S"))
                .awaitReady();
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
    @Execution(ExecutionMode.CONCURRENT)
    void closes_a_silent_connection_after_ten_seconds() throws Exception {
        try (var client = new Client("")) {
            assertBetween(9, 12, client.secondsUntilClosed(""));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void cuts_off_a_slow_request_head_after_ten_seconds() throws Exception {
        try (var client = new Client("GET /users/me HTTP/1.1\r\n")) {
            assertBetween(9, 12, client.secondsUntilClosed("X-Slow: 1\r\n"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void cuts_off_a_slow_head_of_a_second_request_too() throws Exception {
        try (var client = new Client("GET /users/me HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertEquals("HTTP/1.1 401", client.read(12));
            client.discard(2_000);
            client.send("GET /users/me HTTP/1.1\r\n");
            assertBetween(9, 12, client.secondsUntilClosed("X-Slow: 1\r\n"));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void keeps_a_connection_open_between_requests() throws Exception {
        try (var client = new Client("GET /users/me HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertEquals("HTTP/1.1 401", client.read(12));
            client.discard(15_000);
            client.send("GET /users/me HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals("HTTP/1.1 401", client.read(12));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void drops_a_stalled_body_after_thirty_seconds() throws Exception {
        try (var client = new Client(INCOMPLETE_BODY)) {
            assertBetween(29, 33, client.secondsUntilClosed(""));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void waits_for_a_slow_body() throws Exception {
        try (var client = new Client(INCOMPLETE_BODY)) {
            for (var i = 0; i < 2; i++) {
                Thread.sleep(16_000);
                client.send(" ");
            }
            client.send("\"email\":\"a@b.cd\",\"password\":\"1\"     }");
            assertEquals("HTTP/1.1 401", client.read(12));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void keeps_an_event_stream_open_without_further_requests() throws Exception {
        try (var client = new Client("GET /tasks/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + accessToken + "\r\nAccept: text/event-stream\r\n\r\n")) {
            assertEquals("HTTP/1.1 200", client.read(12));
            client.discard(40_000);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rejects_a_long_path_with_414() throws Exception {
        try (var client = new Client("GET /" + "a".repeat(9_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            assertEquals(" 414", client.read(12).substring(8));
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void rejects_a_large_head_with_431() throws Exception {
        try (var client =
                new Client("GET /users/me HTTP/1.1\r\nHost: localhost\r\nX-Fat: " + "a".repeat(40_000) + "\r\n\r\n")) {
            assertEquals(" 431", client.read(12).substring(8));
        }
    }

    private static void assertBetween(int least, int most, double seconds) {
        assertTrue(seconds >= least && seconds <= most, "closed after " + seconds + " s");
    }

    private static final class Client implements AutoCloseable {

        private final Socket socket;
        private final InputStream in;

        Client(String first) throws IOException {
            socket = new Socket("localhost", service.port());
            in = socket.getInputStream();
            send(first);
        }

        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        }

        String read(int length) throws IOException {
            socket.setSoTimeout(10_000);
            return new String(in.readNBytes(length), StandardCharsets.US_ASCII);
        }

        /** Reads and discards input for that time. */
        void discard(int millis) throws IOException {
            var end = System.nanoTime() + Duration.ofMillis(millis).toNanos();
            while (System.nanoTime() < end) {
                socket.setSoTimeout(200);
                try {
                    if (in.read() < 0) {
                        throw new IOException("closed");
                    }
                } catch (SocketTimeoutException e) {
                    // nothing to read yet
                }
            }
        }

        /** Seconds until the connection closes while sending this text every second; 60 if it stays open. */
        double secondsUntilClosed(String trickle) throws IOException {
            var began = System.nanoTime();
            socket.setSoTimeout(1_000);
            for (var i = 0; i < 60; i++) {
                try {
                    if (in.read() < 0) {
                        return Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0;
                    }
                } catch (SocketTimeoutException e) {
                    send(trickle);
                } catch (IOException e) {
                    return Duration.ofNanos(System.nanoTime() - began).toMillis() / 1_000.0;
                }
            }
            return 60;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
