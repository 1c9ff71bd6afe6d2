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
import java.util.function.Supplier;

/** Reads the body of the current request into memory, in the pieces that it comes in, for a {@link LargeBody}. */
public final class BodyReader {

    private final List<byte[]> pieces = new ArrayList<>();
    private long length;

    private BodyReader() {}

    /** The whole body, to be read as often as need be. 413 where it is over the limit, in bytes; 400 where it ends early. */
    public static Uni<Supplier<InputStream>> read(HttpServerRequest request, int limit) {
        var reader = new BodyReader();
        Supplier<InputStream> body = reader::body;
        return Uni.createFrom()
                .<Supplier<InputStream>>emitter(emitter -> {
                    if (request.isEnded()) {
                        emitter.complete(body);
                        return;
                    }
                    // Past the limit it is read on and dropped, so that the client gets to read the answer
                    request.handler(piece -> {
                        if (!reader.append(piece, limit)) {
                            emitter.fail(HttpRefusals.of(413));
                        }
                    });
                    request.endHandler(end -> emitter.complete(body));
                    request.exceptionHandler(
                            failure -> emitter.fail(Refusal.malformed("The request body is incomplete.")));
                    if (request.headers().contains(HttpHeaders.EXPECT, HttpHeaders.CONTINUE, true)) {
                        request.response().writeContinue();
                    }
                    request.resume();
                })
                .emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }

    /** Whether a request has a body, by RFC 9112, section 6.3. Where nobody reads what has no body, such as the call for events, it never ends. */
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

    private InputStream body() {
        return new SequenceInputStream(Collections.enumeration(
                pieces.stream().<InputStream>map(ByteArrayInputStream::new).toList()));
    }
}
