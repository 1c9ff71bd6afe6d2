package dev.todo.http.connection;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests a connection passes to the server, tested over raw sockets and without the rest of the service. */
class RequestGuardTest {

    private static final String NEXT = "GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final int BUDGET = 6 * 1024 * 1024;
    private static final int MAX_CONNECTIONS = 40;
    private static final List<String> HANDLED = new CopyOnWriteArrayList<>();
    private static final BodyBudget MEMORY = new BodyBudget(BUDGET);

    private static Vertx vertx;
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        var connections = new OpenConnections(MEMORY, MAX_CONNECTIONS);
        server = vertx.createHttpServer(new HttpServerOptions().setHttp2ClearTextEnabled(false))
                .connectionHandler(connection -> ((ConnectionBase) connection)
                        .channel()
                        .pipeline()
                        .addAfter("httpEncoder", null, new RequestGuard(MEMORY, connections)))
                .requestHandler(RequestGuardTest::handle)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    /** Responds with the length of the body; /early before the body arrives, /later after 50 ms, /never not at all. */
    private static void handle(HttpServerRequest request) {
        if (request.path().equals("/early")) {
            HANDLED.add(request.path());
            request.response().setStatusCode(413).end("too large");
        } else if (request.path().equals("/later")) {
            vertx.setTimer(50, now -> request.response().end("late"));
        } else if (!request.path().equals("/never")) {
            request.body().onSuccess(body -> {
                HANDLED.add(request.path());
                request.response().end("length " + body.length());
            });
        }
    }

    @BeforeEach
    void forget() {
        HANDLED.clear();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        vertx.close();
    }

    static Stream<Arguments> malformedRequests() {
        return Stream.of(
                arguments("a broken escape", "GET /tasks?q=%zz HTTP/1.1\r\nHost: a\r\n\r\n"),
                arguments("a brace in the path", "GET /tasks/{id} HTTP/1.1\r\nHost: a\r\n\r\n"),
                arguments("both lengths", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
                arguments(
                        "both in reverse order",
                        post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
                arguments(
                        "both in HTTP/1.0",
                        post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")
                                .replace("/1.1", "/1.0")),
                arguments(
                        "chunked in HTTP/1.0",
                        post("Transfer-Encoding: chunked\r\n", "0\r\n\r\n").replace("/1.1", "/1.0")),
                arguments("an unknown coding last", post("Transfer-Encoding: chunked, xchunked\r\n", "0\r\n\r\n")),
                arguments("an unknown coding first", post("Transfer-Encoding: xchunked, chunked\r\n", "0\r\n\r\n")),
                arguments("gzip and chunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")),
                arguments("gzip", post("Transfer-Encoding: gzip\r\n", "0\r\n\r\n")),
                arguments("identity", post("Transfer-Encoding: identity\r\n", "0\r\n\r\n")),
                arguments(
                        "identity with a length",
                        post("Transfer-Encoding: identity\r\nContent-Length: 5\r\n", "0\r\n\r\n")),
                arguments("no coding", post("Transfer-Encoding:\r\n", "0\r\n\r\n")),
                arguments("chunked twice", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")),
                arguments(
                        "two lines of chunked",
                        post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
                arguments(
                        "two lines of codings",
                        post("Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")),
                arguments("chunked with a parameter", post("Transfer-Encoding: chunked;q=1\r\n", "0\r\n\r\n")),
                arguments("chunked in quotes", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")),
                arguments("chunked after a vertical tab", post("Transfer-Encoding: \u000bchunked\r\n", "0\r\n\r\n")),
                arguments("chunked before a space and a colon", post("Transfer-Encoding : chunked\r\n", "0\r\n\r\n")),
                arguments("chunked on the next line", post("X: y\r\nTransfer-Encoding:\r\n chunked\r\n", "0\r\n\r\n")),
                arguments("two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello")),
                arguments("one length twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")),
                arguments("a list of lengths", post("Content-Length: 5, 5\r\n", "hello")),
                arguments("a length with a plus", post("Content-Length: +5\r\n", "hello")),
                arguments("a negative length", post("Content-Length: -1\r\n", "hello")),
                arguments("a hexadecimal length", post("Content-Length: 0x5\r\n", "hello")),
                arguments("a length in words", post("Content-Length: five\r\n", "hello")),
                arguments("a length with a fraction", post("Content-Length: 5.0\r\n", "hello")),
                arguments("an empty length", post("Content-Length:\r\n", "hello")),
                arguments("a length out of range", post("Content-Length: 99999999999999999999\r\n", "hello")),
                arguments("a space before the colon of a length", post("Content-Length : 5\r\n", "hello")),
                arguments("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"),
                arguments("one host twice", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"),
                arguments("two hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n"),
                arguments("no host", "GET / HTTP/1.1\r\nX: y\r\n\r\n"),
                arguments("a host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
                arguments("a host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n"),
                arguments("a list of hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
                arguments("two tokens", get("Authorization: Bearer a\r\nAuthorization: Bearer b\r\n")),
                arguments("NULs before the request", "\0\0" + get("")),
                arguments("a control character before the request", "\u0001" + get("")),
                arguments("a NUL in the path", "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
                arguments("a NUL in a header", get("X: a\0b\r\n")),
                arguments("a NUL in a header's name", get("X\0: a\r\n")),
                arguments("a bare CR in a header", get("X: a\rTransfer-Encoding: chunked\r\n")),
                arguments("a bare LF", "GET / HTTP/1.1\nHost: a\n\n"),
                arguments("a bare LF after a header", "GET / HTTP/1.1\r\nHost: a\nX: y\r\n\r\n"),
                arguments("a space before a colon", get("X : a\r\n")),
                arguments("no name", get(": a\r\n")),
                arguments("no colon", get("X\r\n")),
                arguments("a space in a name", get("X y: a\r\n")),
                arguments("a folded first header", "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),
                arguments("no target", "GET HTTP/1.1\r\nHost: a\r\n\r\n"),
                arguments("a target that is not a path", "GET tasks HTTP/1.1\r\nHost: a\r\n\r\n"),
                arguments("a target with a space", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
                arguments("another protocol", "GET / HTTQ/1.1\r\nHost: a\r\n\r\n"),
                arguments("no version", "GET /\r\nHost: a\r\n\r\n"),
                arguments("HTTP/2.0", "GET / HTTP/2.0\r\nHost: a\r\n\r\n"),
                arguments("HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
                arguments("HTTP/0.9", "GET / HTTP/0.9\r\nHost: a\r\n\r\n"),
                arguments(
                        "a size that wraps at 64 bits",
                        chunked("10000000000000013\r\n{\"title\":\"wrapped\"}\r\n0\r\n\r\n")),
                arguments("a size that wraps at 32 bits", chunked("100000013\r\n{\"title\":\"wrapped\"}\r\n0\r\n\r\n")),
                arguments("a size that is negative in 32 bits", chunked("ffffffff\r\nhello\r\n0\r\n\r\n")),
                arguments("a size with 0x", chunked("0x5\r\nhello\r\n0\r\n\r\n")),
                arguments("a size with a plus", chunked("+5\r\nhello\r\n0\r\n\r\n")),
                arguments("a size with a minus", chunked("-5\r\nhello\r\n0\r\n\r\n")),
                arguments("an empty size", chunked("\r\nhello\r\n0\r\n\r\n")),
                arguments("only an extension", chunked(";a=b\r\nhello\r\n0\r\n\r\n")),
                arguments("a size in words", chunked("five\r\nhello\r\n0\r\n\r\n")),
                arguments("a line break in a quoted extension", chunked("5;a=\"\r\n\"\r\nhello\r\n0\r\n\r\n")),
                arguments("a bare LF after the size", chunked("5\nhello\r\n0\r\n\r\n")),
                arguments("a bare CR in an extension", chunked("5;a\rb\r\nhello\r\n0\r\n\r\n")),
                arguments("bytes past the chunk", chunked("5\r\nhello!!!\r\n0\r\n\r\n")),
                arguments("a bare LF after the chunk", chunked("5\r\nhello\n0\r\n\r\n")),
                arguments("a trailer without a colon", chunked("5\r\nhello\r\n0\r\nX\r\n\r\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedRequests")
    void rejects_a_malformed_request_and_handles_nothing_after_it(String what, String request) throws IOException {
        try (var client = new Client(request + NEXT)) {
            var answer = client.readToEnd();

            assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
            assertTrue(answer.toLowerCase().contains("\r\nconnection: close\r\n"), answer);
            assertTrue(answer.contains("\"code\":\"malformed_request\""), answer);
            assertEquals(List.of(), HANDLED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("malformedRequests")
    void rejects_a_malformed_request_after_a_valid_one(String what, String request) throws IOException {
        try (var client = new Client(get("") + request + NEXT)) {
            var answer = client.readToEnd();

            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.contains("HTTP/1.1 400 "), answer);
            assertEquals(List.of("/"), HANDLED);
        }
    }

    static Stream<Arguments> validRequests() {
        return Stream.of(
                arguments("a length", post("Content-Length: 5\r\n", "hello"), 5),
                arguments("a length with zeros", post("Content-Length: 005\r\n", "hello"), 5),
                arguments("chunked", chunked("5\r\nhello\r\n0\r\n\r\n"), 5),
                arguments("chunked in capitals", post("TRANSFER-ENCODING: Chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"), 5),
                arguments("a chunk with an extension", chunked("5;a=\"b c\"\r\nhello\r\n0\r\n\r\n"), 5),
                arguments("a chunk's size with zeros", chunked("0005\r\nhello\r\n0\r\n\r\n"), 5),
                arguments("a trailer", chunked("5\r\nhello\r\n0\r\nX: y\r\n\r\n"), 5),
                arguments("no body", get(""), 0),
                arguments("a line break before it", "\r\n" + get(""), 0),
                arguments("a host with a port", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 0),
                arguments("an absolute target", "GET http://a/b HTTP/1.1\r\nHost: a\r\n\r\n", 0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("validRequests")
    void handles_a_valid_request_and_the_next_one(String what, String request, int length) throws IOException {
        try (var client = new Client(request + NEXT)) {
            var answer = client.readToEnd();

            assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            assertTrue(answer.contains("length " + length), answer);
            assertEquals(2, HANDLED.size(), HANDLED.toString());
        }
    }

    @Test
    void HTTP_1_0_needs_no_Host_and_closes_after_a_body() throws IOException {
        var request = "POST / HTTP/1.0\r\nConnection: keep-alive\r\nContent-Length: 5\r\n\r\nhello";

        try (var client = new Client(request + NEXT)) {
            assertTrue(client.readToEnd().contains("length 5"));
            assertEquals(List.of("/"), HANDLED);
        }
    }

    @Test
    void an_error_response_has_the_id_of_its_request() throws IOException {
        var malformed = post("X-Request-ID: abc-1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n", "");
        try (var client = new Client(malformed)) {
            assertTrue(client.readToEnd().contains("\r\nX-Request-ID: abc-1\r\n"));
        }
        try (var client = new Client(malformed.replace("abc-1", "not sane"))) {
            assertTrue(!client.readToEnd().contains("not sane"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200-ok", "100-continue, 200-ok", "x"})
    void rejects_an_unknown_expectation(String expectation) throws IOException {
        try (var client = new Client(post("Content-Length: 5\r\nExpect: " + expectation + "\r\n", "hello") + NEXT)) {
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 417 "));
            assertEquals(List.of(), HANDLED);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4_000, 5_000, 100_000})
    void rejects_a_long_request_line(int length) throws IOException {
        try (var client = new Client("GET /" + "a".repeat(length) + " HTTP/1.1\r\nHost: a\r\n\r\n" + NEXT)) {
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 " + (length < 4_096 ? "200 " : "414 ")));
        }
    }

    @Test
    void rejects_large_headers() throws IOException {
        try (var client = new Client(get("X: " + "a".repeat(100_000) + "\r\n") + NEXT)) {
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 431 "));
        }
    }

    @Test
    void a_client_that_keeps_sending_can_still_read_the_error() throws Exception {
        try (var client = new Client(post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", ""))) {
            for (var i = 0; i < 100; i++) {
                client.send("x".repeat(10_000));
                Thread.sleep(5);
            }
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 400 "));
        }
    }

    @Test
    void discards_the_rest_of_a_rejected_body() throws IOException {
        try (var client = new Client("POST /early HTTP/1.1\r\nHost: a\r\nContent-Length: 8000000\r\n\r\n")) {
            client.send("x".repeat(8_000_000) + NEXT);

            var answer = client.readToEnd();
            assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
            assertTrue(answer.contains("length 0"), answer);
            assertEquals(List.of("/early", "/next"), HANDLED);
        }
    }

    /** HAProxy 2.6 stops sending the body, and sends the next client's request on the same connection. */
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 70", "Transfer-Encoding: chunked"})
    void does_not_take_the_next_request_for_the_rest_of_a_rejected_body(String framing) throws IOException {
        try (var client = new Client("POST /early HTTP/1.1\r\nHost: a\r\n" + framing + "\r\n\r\n")) {
            client.send("5\r\nhello\r\n");
            var answer = client.readAvailable(5_000);
            client.send(NEXT + NEXT);

            assertTrue(answer.contains("connection: close\r\n"), answer);
            assertEquals("", client.readToEnd());
            assertEquals(List.of("/early"), HANDLED);
        }
    }

    @Test
    void keeps_the_connection_after_an_early_response_to_a_request_without_a_body() throws IOException {
        try (var client = new Client(get("").replace("GET /", "GET /early") + NEXT)) {
            client.readToEnd();

            assertEquals(List.of("/early", "/next"), HANDLED);
        }
    }

    @Test
    void closes_the_connection_if_a_rejected_body_does_not_end() throws IOException {
        try (var client = new Client("POST /early HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n")) {
            var sent = client.sendUntilClosed("10000\r\n" + "x".repeat(65_536) + "\r\n");

            assertTrue(sent < 64_000_000, "Sent " + sent);
        }
    }

    @Test
    void answers_pipelined_requests_in_order() throws IOException {
        try (var client = new Client(get("").repeat(10) + NEXT)) {
            client.readToEnd();

            assertEquals(11, HANDLED.size());
        }
    }

    @Test
    void closes_the_connection_after_a_pipelined_request_that_asks_for_it() throws IOException {
        var later = get("").replace("GET /", "GET /later");

        try (var client = new Client(later + later + NEXT.replace("/next", "/later"))) {
            assertEquals(3, client.readToEnd().split("late", -1).length - 1);
        }
    }

    @Test
    void limits_pipelining() throws Exception {
        try (var client = new Client(get("").replace("GET /", "GET /never") + get("").repeat(10_000))) {
            Thread.sleep(500);
            assertTrue(client.socket.isConnected());
            assertEquals(List.of(), HANDLED);
            assertTrue(MEMORY.usedBytes() < 100_000, "Held " + MEMORY.usedBytes());
        }
    }

    @Test
    void limits_the_memory_for_the_bodies_of_all_connections() throws Exception {
        var clients =
                Stream.generate(() -> large("x".repeat(1_000_000))).limit(8).toList();
        Thread.sleep(500);

        assertTrue(MEMORY.usedBytes() <= BUDGET, "Held " + MEMORY.usedBytes());
        var answers =
                clients.stream().map(client -> client.readAvailable(1_000)).toList();
        var refused = answers.stream()
                .filter(answer -> answer.startsWith("HTTP/1.1 503 ") && answer.contains("Retry-After: 1"))
                .count();
        assertTrue(refused >= 2, "Refused " + answers);
        try (var small = new Client(post("Content-Length: 60000\r\n", "x".repeat(60_000)) + NEXT)) {
            assertTrue(small.readToEnd().contains("length 60000"));
        }
        for (var client : clients) {
            client.close();
        }
        awaitFreeMemory();
    }

    @Test
    void slow_uploads_make_room_for_others() throws Exception {
        var slowUploads =
                Stream.generate(() -> large("x".repeat(900_000))).limit(2).toList();
        Thread.sleep(5_500);

        try (var fast = new Client(post("Content-Length: 2000000\r\n", "x".repeat(2_000_000)) + NEXT)) {
            assertTrue(fast.readToEnd().contains("length 2000000"));
        }
        var answers =
                slowUploads.stream().map(client -> client.readAvailable(2_000)).toList();
        assertTrue(answers.stream().anyMatch(answer -> answer.startsWith("HTTP/1.1 408 ")), answers.toString());
        for (var client : slowUploads) {
            client.close();
        }
        awaitFreeMemory();
    }

    @Test
    void closes_the_longest_idle_connection_to_accept_a_new_one() throws Exception {
        var idle = Stream.generate(() -> new Client("")).limit(MAX_CONNECTIONS).toList();
        Thread.sleep(300);

        try (var client = new Client(NEXT)) {
            assertTrue(client.readToEnd().startsWith("HTTP/1.1 200 "));
        }
        assertEquals("", idle.get(0).readToEnd());
        for (var client : idle) {
            client.close();
        }
    }

    private static void awaitFreeMemory() throws InterruptedException {
        for (var i = 0; i < 50 && MEMORY.usedBytes() > 0; i++) {
            Thread.sleep(100);
        }
        assertEquals(0, MEMORY.usedBytes());
    }

    private static String get(String headers) {
        return HttpMethod.GET + " / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n";
    }

    private static String post(String headers, String body) {
        return "POST / HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n" + body;
    }

    private static String chunked(String body) {
        return post("Transfer-Encoding: chunked\r\n", body);
    }

    /** A client that has sent part of a body of three million bytes. */
    private static Client large(String beginning) {
        return new Client(post("Content-Length: 3000000\r\n", beginning));
    }

    private static class Client implements AutoCloseable {

        private final Socket socket;

        Client(String bytes) {
            try {
                socket = new Socket("localhost", server.actualPort());
                socket.setSoTimeout(15_000);
                send(bytes);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        void send(String bytes) throws IOException {
            socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
        }

        long sendUntilClosed(String bytes) {
            for (var sent = 0L; ; sent += bytes.length()) {
                try {
                    send(bytes);
                } catch (IOException e) {
                    return sent;
                }
            }
        }

        /** Times out if the server does not close the connection. */
        String readToEnd() throws IOException {
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }

        String readAvailable(int millis) {
            try {
                socket.setSoTimeout(millis);
                InputStream in = socket.getInputStream();
                var bytes = new byte[2_000];
                return new String(bytes, 0, Math.max(0, in.read(bytes)), ISO_8859_1);
            } catch (IOException e) {
                return "";
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
