package dev.todo.http.body;

import dev.todo.http.FilterOrder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/** Gives each endpoint its {@link BodyLimit}: 64 KiB, or the value of {@link LargeBody}. */
@Provider
@Singleton
class BodyLimits implements DynamicFeature {

    private static final int STANDARD_BYTES = 64 * 1024;

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        var large = endpoint.getResourceMethod().getAnnotation(LargeBody.class);
        context.register(large == null ? new BodyLimit(STANDARD_BYTES, false) : new BodyLimit(large.bytes(), true));
    }

    void register(@Observes Filters filters) {
        filters.register(BodyLimits::resumeAtEnd, FilterOrder.OTHERS);
    }

    private static void resumeAtEnd(RoutingContext context) {
        // Reads the rest of a rejected body, which RequestGuard drops, so that the client gets to read the response
        context.addEndHandler(end -> context.request().resume());
        context.next();
    }
}
