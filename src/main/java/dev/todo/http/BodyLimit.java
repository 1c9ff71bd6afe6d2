package dev.todo.http;

import dev.todo.problem.HttpRefusals;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses bodies over 64 KiB with 413: by the length that they declare, or while they are read where they declare none.
 * What {@link LargeBody} marks has another limit, and counts what is undeclared itself, once the caller is known.
 */
@ApplicationScoped
class BodyLimit {

    private static final int LIMIT_BYTES = 64 * 1024;
    private static final int AFTER_REQUEST_ID = 9_000;

    private final BodyHandler counting = BodyHandler.create(false).setBodyLimit(LIMIT_BYTES);
    private final LargeBodies largeBodies;

    BodyLimit(LargeBodies largeBodies) {
        this.largeBodies = largeBodies;
    }

    /** Runs when the caller is known already, so that strangers are answered 401 first. */
    @ServerRequestFilter
    void refuseDeclaredLength(HttpServerRequest request) {
        var declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        var limit = largeBodies.limit(request.path(), LIMIT_BYTES);
        // At most 18 digits fit a long; more are too large all the same
        if (declared != null && (declared.length() > 18 || Long.parseLong(declared) > limit)) {
            throw HttpRefusals.of(413);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::countUndeclared, AFTER_REQUEST_ID);
    }

    private void countUndeclared(RoutingContext context) {
        // What is left of a body that was refused is read and dropped, so that the client gets to read the answer
        context.addEndHandler(end -> context.request().resume());
        if (hasUndeclaredBody(context.request())
                && !largeBodies.isAt(context.request().path())) {
            counting.handle(context);
        } else {
            context.next();
        }
    }

    private static boolean hasUndeclaredBody(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_2
                ? !request.isEnded() && !request.headers().contains(HttpHeaders.CONTENT_LENGTH)
                : request.headers().contains(HttpHeaders.TRANSFER_ENCODING);
    }
}
