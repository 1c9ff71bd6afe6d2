package dev.todo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP/1.1 written by hand, for what no decent client would send. */
public record RawHttp(int status, String head, String body) {

    /** Sends a request line, headers (each with its line break) and a body; Host and Connection are added. */
    public static RawHttp exchange(String requestLine, String headers, byte[] body) {
        try (var socket = new Socket("localhost", TodoClient.port())) {
            socket.setSoTimeout(20_000);
            var head = requestLine + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
            var out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.ISO_8859_1));
            out.write(body);
            out.flush();
            return parsed(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static RawHttp exchange(String requestLine, String headers) {
        return exchange(requestLine, headers, new byte[0]);
    }

    /** The value of a header, or an empty string. */
    public String header(String name) {
        return head.lines()
                .filter(line -> line.toLowerCase().startsWith(name.toLowerCase() + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static RawHttp parsed(String response) {
        var parts = response.split("\r\n\r\n", 2);
        return new RawHttp(Integer.parseInt(parts[0].split(" ", 3)[1]), parts[0], parts.length == 2 ? parts[1] : "");
    }
}
