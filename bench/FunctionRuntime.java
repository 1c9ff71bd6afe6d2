import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Emulates the Lambda Runtime API: serves one API Gateway v2 event, a list of tasks, and receives the response. */
final class FunctionRuntime implements AutoCloseable {

    private static final String CALLS = "/2018-06-01/runtime/";

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    FunctionRuntime(String token) throws IOException {
        var event = """
                {"version":"2.0","routeKey":"$default","rawPath":"/tasks","rawQueryString":"limit=1",
                 "headers":{"authorization":"Bearer %s","host":"localhost"},"queryStringParameters":{"limit":"1"},
                 "requestContext":{"http":{"method":"GET","path":"/tasks","sourceIp":"127.0.0.1"},"stage":"$default"},
                 "isBase64Encoded":false}""".formatted(token);
        var isHandedOut = new AtomicBoolean();
        server.setExecutor(threads);
        server.createContext(CALLS + "invocation/next", exchange -> {
            if (isHandedOut.getAndSet(true)) {
                return; // there is no second event
            }
            var headers = exchange.getResponseHeaders();
            headers.add("Lambda-Runtime-Aws-Request-Id", "1");
            headers.add("Lambda-Runtime-Deadline-Ms", String.valueOf(System.currentTimeMillis() + 60_000));
            headers.add("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:local:0:function:todo");
            respond(exchange, event);
        });
        server.createContext(CALLS, exchange -> {
            answer.complete(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            respond(exchange, "");
        });
        server.start();
    }

    /** The value of the function's AWS_LAMBDA_RUNTIME_API. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    void awaitSuccess() throws Exception {
        var response = answer.get(Service.DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (!response.contains("\"statusCode\":200")) {
            throw new IllegalStateException("The function responded: " + response);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }

    private static void respond(HttpExchange exchange, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
