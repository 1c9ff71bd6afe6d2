package dev.todo.http.body;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/** Gives each call its {@link BodyLimit}: 64 KiB, or what {@link LargeBody} says. */
@Provider
@Singleton
class BodyLimits implements DynamicFeature {

    private static final int STANDARD_BYTES = 64 * 1024;
    private static final int AFTER_REQUEST_ID = 9_000;

    private final HttpServerRequest request;

    BodyLimits(HttpServerRequest request) {
        this.request = request;
    }

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        var large = endpoint.getResourceMethod().getAnnotation(LargeBody.class);
        context.register(
                large == null
                        ? new BodyLimit(request, STANDARD_BYTES, false)
                        : new BodyLimit(request, large.bytes(), true));
    }

    void register(@Observes Filters filters) {
        filters.register(BodyLimits::readOnAfterwards, AFTER_REQUEST_ID);
    }

    private static void readOnAfterwards(RoutingContext context) {
        // What is left of a body that was refused is read, for RequestGuard to drop, so that the client gets to read
        // the answer
        context.addEndHandler(end -> context.request().resume());
        context.next();
    }
}
