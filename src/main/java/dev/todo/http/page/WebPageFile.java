package dev.todo.http.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A file of the web page, held in memory both plain and compressed. */
record WebPageFile(String mediaType, Buffer plain, Buffer gzip, String entityTag) {

    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml");
    private static final Pattern ACCEPTS_GZIP = Pattern.compile("\\bgzip\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))");

    /**
     * Returns the file at a path such as {@code /index.html}, if it exists and its media type is known.
     *
     * @param head what an HTML file's {@code <head>} begins with
     */
    static Optional<WebPageFile> read(String path, String head) {
        var mediaType = MEDIA_TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        if (mediaType == null) {
            return Optional.empty();
        }
        try (var content =
                Thread.currentThread().getContextClassLoader().getResourceAsStream("META-INF/resources" + path)) {
            if (content == null) {
                return Optional.empty();
            }
            var bytes = content.readAllBytes();
            return Optional.of(of(mediaType, path.endsWith(".html") ? withHead(head, bytes) : bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] withHead(String head, byte[] html) {
        return new String(html, UTF_8).replace("<head>", "<head>" + head).getBytes(UTF_8);
    }

    private static WebPageFile of(String mediaType, byte[] content) throws IOException {
        var checksum = new CRC32C();
        checksum.update(content);
        // Weak: one tag for both encodings
        var entityTag = "W/\"%x-%x\"".formatted(content.length, checksum.getValue());
        return new WebPageFile(mediaType, Buffer.buffer(content), Buffer.buffer(compress(content)), entityTag);
    }

    private static byte[] compress(byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /** Sends the encoding that the client accepts, or 304 if it already has the file. */
    void answer(HttpServerRequest request) {
        var response = request.response()
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .putHeader(HttpHeaders.ETAG, entityTag);
        var known = request.getHeader(HttpHeaders.IF_NONE_MATCH);
        if (known != null && known.contains(entityTag)) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
        var accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        if (accepted != null && ACCEPTS_GZIP.matcher(accepted).find()) {
            end(request.method(), response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip"), gzip);
        } else {
            end(request.method(), response, plain);
        }
    }

    private static void end(HttpMethod method, HttpServerResponse response, Buffer content) {
        if (method == HttpMethod.HEAD) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, String.valueOf(content.length()))
                    .end();
        } else {
            response.end(content);
        }
    }
}
