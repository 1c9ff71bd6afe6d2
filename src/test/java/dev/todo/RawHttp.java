package dev.todo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Raw HTTP/1.1, for requests that HTTP clients refuse to send. */
public record RawHttp(int status, String head, String body) {

    /** Sends a request line, headers (each with its line break) and a body; adds Host and Connection. */
    public static RawHttp exchange(String requestLine, String headers, byte[] body) {
        return exchange(null, requestLine, headers, body);
    }

    /** Does the same from a local address such as 127.0.0.5, or from any if null. */
    public static RawHttp exchange(InetAddress from, String requestLine, String headers, byte[] body) {
        try (var socket = begin(from, requestLine, "Connection: close\r\n" + headers, body)) {
            socket.setSoTimeout(20_000);
            return read(new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RawHttp exchange(String requestLine, String headers) {
        return exchange(requestLine, headers, new byte[0]);
    }

    /** Only sends, without a Connection header; the caller reads the response or hangs up. */
    public static Socket begin(String requestLine, String headers) throws IOException {
        return begin(requestLine, headers, new byte[0]);
    }

    /** Does the same with a body, or the beginning of one. */
    public static Socket begin(String requestLine, String headers, byte[] body) throws IOException {
        return begin(null, requestLine, headers, body);
    }

    private static Socket begin(InetAddress from, String requestLine, String headers, byte[] body) throws IOException {
        var socket = new Socket("localhost", TodoClient.port(), from, 0);
        var head = requestLine + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
        var out = socket.getOutputStream();
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        return socket;
    }

    /** The value of a header, or an empty string. */
    public String header(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    // Does not read to the end of the stream: a server that rejects a body early keeps reading the rest of it.
    private static RawHttp read(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException(bytes.toString());
            }
            bytes.write(next);
        }
        var head = bytes.toString(StandardCharsets.ISO_8859_1).strip();
        var answer = new RawHttp(Integer.parseInt(head.split(" ", 3)[1]), head, "");
        var length = answer.header("Content-Length");
        var body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new RawHttp(answer.status, head, new String(body, StandardCharsets.UTF_8));
    }
}
