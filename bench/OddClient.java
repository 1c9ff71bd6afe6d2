import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Does on a socket what HTTP clients do not: hang up, send slowly, not read, and break the framing of HTTP. */
final class OddClient {

    private static final int HOLD_MILLIS = 3_000;
    /** Far above any limit, but small enough that the client's own load does not dominate. */
    private static final int FLOOD_BYTES = 16 * 1024 * 1024;

    private static final List<String> MALFORMED = List.of(
            "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST /auth/login HTTP/1.0\r\n"
                    + "Content-Length: 5\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "5\r\n"
                    + "hello\r\n"
                    + "0\r\n\r\n",
            "POST /auth/login HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n",
            "POST /auth/login HTTP/1.1\r\n"
                    + "Host: a\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "10000000000000013\r\n"
                    + "{}\r\n"
                    + "0\r\n\r\n",
            "POST /auth/login HTTP/1.1\r\n"
                    + "Host: a\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "5;a=\"\r\n"
                    + "\"\r\n"
                    + "hello\r\n"
                    + "0\r\n\r\n",
            "GET /tasks HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "GET /tasks HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
            "\0\0\0GET /tasks HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST /auth/login HTTP/1.1\r\nHost: a\r\nContent-Type: a;b/c/d\r\nContent-Length: 2\r\n\r\n{}",
            "GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /" + "a".repeat(20_000) + " HTTP/1.1\r\nHost: a\r\n\r\n");

    private final NoisyUser user;

    OddClient(NoisyUser user) {
        this.user = user;
    }

    /** Resets the connection in the middle of the response or of its own body. */
    String hangUp() throws Exception {
        var isReader = ThreadLocalRandom.current().nextBoolean();
        try (var socket = connected(65_536)) {
            send(
                    socket,
                    isReader
                            ? user.head("GET", "/tasks?limit=200") + "\r\n"
                            : user.head("POST", "/tasks") + "Content-Type: application/json\r\n"
                                    + "Content-Length: 30\r\n\r\n{\"title\":");
            Thread.sleep(ThreadLocalRandom.current().nextInt(30));
            // Close sends a reset
            socket.setSoLinger(true, 0);
        }
        return isReader ? "while reading" : "while sending";
    }

    String doNotRead() throws Exception {
        try (var socket = connected(4_096)) {
            var list = user.head("GET", "/tasks?limit=200") + "\r\n";
            send(socket, ThreadLocalRandom.current().nextBoolean() ? list : user.head("GET", "/tasks/export") + "\r\n");
            Thread.sleep(HOLD_MILLIS);
            return "held";
        }
    }

    /** Sends a valid body at ten bytes a second. */
    String trickle() throws Exception {
        var body = "{\"title\":\"Slow\",\"completed\":true}";
        try (var socket = connected(65_536)) {
            send(
                    socket,
                    user.head("POST", "/tasks") + "Content-Type: application/json\r\nContent-Length: " + body.length()
                            + "\r\n\r\n");
            for (var character : body.toCharArray()) {
                send(socket, String.valueOf(character));
                Thread.sleep(100);
            }
            return status(socket.getInputStream());
        }
    }

    String malform() throws Exception {
        try (var socket = connected(65_536)) {
            send(socket, MALFORMED.get(ThreadLocalRandom.current().nextInt(MALFORMED.size())));
            return status(socket.getInputStream());
        }
    }

    /** Sends an endless chunked body with Content-Length: 5. */
    String flood() throws Exception {
        try (var socket = connected(65_536)) {
            send(
                    socket,
                    "POST /auth/login HTTP/1.0\r\nContent-Type: application/json\r\nContent-Length: 5\r\n"
                            + "Transfer-Encoding: chunked\r\n\r\n");
            var chunk = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            try {
                for (var sent = 0; sent < FLOOD_BYTES; sent += chunk.length) {
                    socket.getOutputStream().write(chunk);
                }
            } catch (IOException cutOff) {
                return "cut off";
            }
            return "accepted";
        }
    }

    private Socket connected(int receiveBuffer) throws IOException {
        var address = user.anyAddress();
        var socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.setSoTimeout(15_000);
        socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 5_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String status(InputStream answer) throws IOException {
        var line = new String(answer.readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
        return line.isEmpty() ? "closed" : line.substring(line.length() - Math.min(3, line.length()));
    }
}
