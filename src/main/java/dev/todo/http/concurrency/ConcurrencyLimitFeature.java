package dev.todo.http.concurrency;

import dev.todo.http.internals.RestCall;
import io.smallrye.mutiny.Multi;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.function.Consumer;

/** Sets how long a call keeps its place in {@link UserConcurrencyLimit}, based on the method it calls. */
@Provider
class ConcurrencyLimitFeature implements DynamicFeature {

    private final UserConcurrencyLimit limit;

    ConcurrencyLimitFeature(UserConcurrencyLimit limit) {
        this.limit = limit;
    }

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        var method = endpoint.getResourceMethod();
        if (method.isAnnotationPresent(HasOwnLimit.class)) {
            context.register(new Filter(limit::release));
        } else if (Multi.class.isAssignableFrom(method.getReturnType())) {
            context.register(new Filter(limit::endWithConnection));
        }
    }

    private record Filter(Consumer<RoutingContext> step) implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext context) {
            step.accept(RestCall.routingContext(context));
        }
    }
}
