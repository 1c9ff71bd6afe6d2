package dev.todo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;

/** A connection for several raw HTTP requests. */
public final class RawConnection implements AutoCloseable {

    private final Socket socket;
    private final InputStream in;

    public RawConnection() {
        this(TodoClient.port());
    }

    public RawConnection(int port) {
        try {
            socket = new Socket("localhost", port);
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends the path as it is, which HTTP clients would normalize. */
    public static RawHttp get(String path) {
        try (var connection = new RawConnection()) {
            return connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: "
                            + TodoClient.freshAddress() + "\r\n\r\n")
                    .read();
        }
    }

    public RawConnection send(String bytes) {
        return send(bytes.getBytes(ISO_8859_1));
    }

    public RawConnection send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The next response with its body. */
    public RawHttp read() {
        return read(false);
    }

    /** The next response to a HEAD request. */
    public RawHttp readHead() {
        return read(true);
    }

    private RawHttp read(boolean isHead) {
        try {
            var head = new StringBuilder();
            for (var line = line(); !line.isEmpty(); line = line()) {
                head.append(line).append("\r\n");
            }
            var response = new RawHttp(Integer.parseInt(head.toString().split(" ", 3)[1]), head.toString(), "");
            var hasBody = !isHead && response.status() != 204 && response.status() != 304 && response.status() >= 200;
            return new RawHttp(response.status(), head.toString(), hasBody ? body(response) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String body(RawHttp response) throws IOException {
        if (!response.header("Transfer-Encoding").equals("chunked")) {
            return new String(in.readNBytes(Integer.parseInt(response.header("Content-Length"))), UTF_8);
        }
        var body = new ByteArrayOutputStream();
        for (var size = chunkSize(); ; size = chunkSize()) {
            body.write(in.readNBytes(size));
            line();
            if (size == 0) {
                return body.toString(UTF_8);
            }
        }
    }

    private int chunkSize() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("Closed after: " + line);
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** Whether the server has closed the connection and nothing is left to read. */
    public boolean isClosed() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
