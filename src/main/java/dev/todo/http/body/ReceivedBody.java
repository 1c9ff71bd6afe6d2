package dev.todo.http.body;

import dev.todo.http.problem.HttpRefusals;
import dev.todo.http.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A request body in memory, in the pieces it arrived in. */
public final class ReceivedBody {

    private final List<byte[]> pieces = new ArrayList<>();
    private long length;

    private ReceivedBody() {}

    /**
     * Reads the whole body. Discard it after use: the request, which may live longer, references it. Fails with 413 if
     * the body is over the limit, in bytes, and with 400 if it is incomplete.
     */
    public static Uni<ReceivedBody> read(HttpServerRequest request, int limit) {
        var body = new ReceivedBody();
        return Uni.createFrom()
                .<ReceivedBody>emitter(emitter -> {
                    if (request.isEnded()) {
                        emitter.complete(body);
                        return;
                    }
                    // Past the limit the rest is read and dropped, so that the client gets to read the response
                    request.handler(piece -> {
                        if (!body.append(piece, limit)) {
                            emitter.fail(HttpRefusals.of(413));
                        }
                    });
                    request.endHandler(end -> {
                        detach(request);
                        emitter.complete(body);
                    });
                    request.exceptionHandler(failure -> {
                        detach(request);
                        emitter.fail(Refusal.malformed("The request body is incomplete."));
                    });
                    if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
                        request.response().writeContinue();
                    }
                    request.resume();
                })
                .emitOn(MutinyHelper.executor(Vertx.currentContext()))
                .onFailure()
                .invoke(body::discard);
    }

    private static void detach(HttpServerRequest request) {
        request.handler(null).endHandler(null).exceptionHandler(null);
    }

    /** Opens the body from the beginning; can be called more than once. */
    public InputStream open() {
        return new SequenceInputStream(Collections.enumeration(
                pieces.stream().<InputStream>map(ByteArrayInputStream::new).toList()));
    }

    /** Frees the memory. */
    public void discard() {
        pieces.clear();
    }

    /**
     * Whether a request has a body (RFC 9112, section 6.3). If it has none, a request that nobody reads, such as the
     * one for events, never ends.
     */
    public static boolean hasBody(HttpServerRequest request) {
        var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) || (length != null && !length.equals("0"));
    }

    private boolean append(Buffer piece, int limit) {
        length += piece.length();
        if (length > limit) {
            pieces.clear();
            return false;
        }
        pieces.add(piece.getBytes());
        return true;
    }
}
