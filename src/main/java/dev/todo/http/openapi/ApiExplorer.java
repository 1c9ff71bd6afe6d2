package dev.todo.http.openapi;

import dev.todo.http.FilterOrder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Serves the API explorer at {@code /docs}, with a policy that lets it load from and call only this service. */
@ApplicationScoped
class ApiExplorer {

    private static final String POLICY =
            "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'; object-src 'none'";

    private final boolean enabled;

    ApiExplorer(@ConfigProperty(name = "quarkus.swagger-ui.enabled", defaultValue = "true") boolean enabled) {
        this.enabled = enabled;
    }

    void register(@Observes Filters filters) {
        filters.register(this::serve, FilterOrder.OTHERS);
    }

    private void serve(RoutingContext context) {
        var path = context.normalizedPath();
        if (!path.equals("/docs") && !path.startsWith("/docs/")) {
            context.next();
        } else if (!enabled) {
            context.fail(404);
        } else if (path.equals("/docs")) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, "/docs/")
                    .end();
        } else {
            context.response()
                    .putHeader("Content-Security-Policy", POLICY)
                    // The explorer's file names contain no hash
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
            context.next();
        }
    }
}
