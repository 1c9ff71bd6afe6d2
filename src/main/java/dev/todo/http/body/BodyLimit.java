package dev.todo.http.body;

import dev.todo.http.internals.RestCall;
import dev.todo.http.problem.HttpRefusals;
import io.vertx.core.http.HttpHeaders;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestFilter;

/**
 * Rejects bodies over the endpoint's limit with 413: early if Content-Length is over it, otherwise once that many bytes
 * have arrived. Runs after authentication, so that unauthenticated callers get 401 first.
 */
record BodyLimit(int bytes, boolean isReadByCall) implements ResteasyReactiveContainerRequestFilter {

    @Override
    public void filter(ResteasyReactiveContainerRequestContext context) {
        var request = RestCall.routingContext(context).request();
        var declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared != null && Long.parseLong(declared) > bytes) {
            throw HttpRefusals.of(413);
        }
        if (!isReadByCall && (declared != null || request.headers().contains(HttpHeaders.TRANSFER_ENCODING))) {
            context.suspend();
            ReceivedBody.read(request, bytes)
                    .subscribe()
                    .with(
                            body -> {
                                context.setEntityStream(body.open());
                                context.resume();
                            },
                            context::resume);
        }
    }
}
