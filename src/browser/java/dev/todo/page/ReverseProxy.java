package dev.todo.page;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Forwards requests as nginx does in its shortest configuration: the service sees another Host. The page's browser is
 * one that does not send Sec-Fetch-Site.
 */
final class ReverseProxy implements AutoCloseable {

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(new HttpClientOptions().setMaxPoolSize(50));
    private final HttpServer server;
    private volatile int servicePort;
    private volatile String removedPath = "";

    ReverseProxy() {
        server = vertx.createHttpServer()
                .requestHandler(this::forward)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    int port() {
        return server.actualPort();
    }

    void forwardTo(int port) {
        servicePort = port;
    }

    /** Removes it from the paths that it forwards. */
    void removePath(String path) {
        removedPath = path;
    }

    private void forward(HttpServerRequest request) {
        var removed = request.uri().startsWith(removedPath) ? request.uri().substring(removedPath.length()) : "";
        var target = removed.startsWith("/") ? removed : "/" + removed;
        request.body()
                .compose(body -> client.request(request.method(), servicePort, "localhost", target)
                        .compose(forwarded -> {
                            forwarded
                                    .headers()
                                    .setAll(request.headers())
                                    .remove(HttpHeaders.HOST)
                                    .remove("Sec-Fetch-Site");
                            return forwarded.send(body);
                        }))
                .onSuccess(answer -> respond(request, answer))
                .onFailure(failure -> request.response().setStatusCode(502).end());
    }

    private static void respond(HttpServerRequest request, HttpClientResponse answer) {
        var response = request.response().setStatusCode(answer.statusCode());
        response.headers().setAll(answer.headers());
        response.setChunked(answer.headers().contains(HttpHeaders.TRANSFER_ENCODING));
        // An event stream that the browser closes
        response.closeHandler(closed -> answer.request().reset());
        answer.pipe().endOnFailure(false).to(response);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
