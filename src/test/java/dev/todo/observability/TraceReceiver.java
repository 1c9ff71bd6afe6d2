package dev.todo.observability;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.todo.observability.ReceivedSpan.Message;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Receives OTLP over HTTP and decodes the protobuf messages. */
public class TraceReceiver implements QuarkusTestResourceLifecycleManager {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final List<byte[]> BODIES = new CopyOnWriteArrayList<>();

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", TraceReceiver::receive);
        server.start();
        var endpoint = "http://localhost:" + server.getAddress().getPort();
        System.setProperty("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
        return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
    }

    @Override
    public void stop() {
        System.clearProperty("OTEL_EXPORTER_OTLP_ENDPOINT");
        if (server != null) {
            server.stop(0);
        }
    }

    /** Waits for the span with this trace ID and name. */
    static ReceivedSpan span(String trace, String name) {
        var end = Instant.now().plus(TIMEOUT);
        while (Instant.now().isBefore(end)) {
            var spans = BODIES.stream()
                    .flatMap(body -> ReceivedSpan.in(new Message(body)))
                    .filter(span -> span.trace().equals(trace))
                    .toList();
            var found = spans.stream().filter(span -> span.name().equals(name)).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            pause();
        }
        throw new AssertionError("No span " + name + " of trace " + trace + " arrived");
    }

    /** Everything received, as text: protobuf encodes strings in UTF-8. */
    static String received() {
        return BODIES.stream()
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .reduce("", String::concat);
    }

    private static void receive(HttpExchange exchange) throws IOException {
        var isProtobuf =
                "application/x-protobuf".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
        var body = exchange.getRequestBody().readAllBytes();
        if (isProtobuf && exchange.getRequestMethod().equals("POST")) {
            BODIES.add(body);
        }
        exchange.sendResponseHeaders(isProtobuf ? 200 : 415, -1);
        exchange.close();
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
