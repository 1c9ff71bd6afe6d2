package dev.todo.http;

import dev.todo.problem.HttpRefusals;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

/**
 * Refuses bodies over 64 KiB with 413: by the length that they declare, or while they are read where they declare none.
 * What {@link LargeBody} marks has another limit, and counts what is undeclared itself. It runs when the caller is known
 * already, so that strangers are answered 401 first.
 */
@Provider
@ApplicationScoped
class BodyLimit implements ResteasyReactiveContainerRequestFilter {

    private static final int LIMIT_BYTES = 64 * 1024;
    private static final int AFTER_REQUEST_ID = 9_000;

    private final LargeBodies largeBodies;
    private final HttpServerRequest request;

    BodyLimit(LargeBodies largeBodies, HttpServerRequest request) {
        this.largeBodies = largeBodies;
        this.request = request;
    }

    @Override
    public void filter(ResteasyReactiveContainerRequestContext context) {
        var declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared != null) {
            refuse(declared, largeBodies.limit(request.path(), LIMIT_BYTES));
        } else if (request.headers().contains(HttpHeaders.TRANSFER_ENCODING) && !largeBodies.isAt(request.path())) {
            if (MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(context.getMediaType())) {
                // The parser of forms reads as much as there is
                throw HttpRefusals.of(411);
            }
            context.suspend();
            BodyReader.read(request, LIMIT_BYTES)
                    .subscribe()
                    .with(
                            body -> {
                                context.setEntityStream(body.get());
                                context.resume();
                            },
                            context::resume);
        }
    }

    void register(@Observes Filters filters) {
        filters.register(BodyLimit::readOnAfterwards, AFTER_REQUEST_ID);
    }

    private static void readOnAfterwards(RoutingContext context) {
        // What is left of a body that was refused is read and dropped, so that the client gets to read the answer
        context.addEndHandler(end -> context.request().resume());
        context.next();
    }

    private static void refuse(String declaredBytes, int limit) {
        // At most 18 digits fit a long; more are too large all the same
        if (declaredBytes.length() > 18 || Long.parseLong(declaredBytes) > limit) {
            throw HttpRefusals.of(413);
        }
    }
}
