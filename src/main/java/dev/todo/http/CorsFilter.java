package dev.todo.http;

import dev.todo.config.Settings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;

/**
 * Lets pages of CORS_ORIGINS, and of no other origin, use the API with credentials (Fetch standard, section 3.2).
 * Quarkus' own filter rejects requests with a foreign Origin; this one only withholds permission, as browsers expect.
 */
@ApplicationScoped
class CorsFilter {

    private static final String ALLOWED_HEADERS =
            "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key," + " Last-Event-ID, X-Request-ID";
    private static final String EXPOSED_HEADERS =
            "Link, ETag, Location, Retry-After, RateLimit, RateLimit-Policy," + " X-Request-ID, X-Total-Count";
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";
    private static final String PREFLIGHT_SECONDS = "3600";

    private final List<String> origins;

    CorsFilter(Settings settings) {
        this.origins = settings.corsOrigins().orElse(List.of());
    }

    void register(@Observes Filters filters) {
        if (!origins.isEmpty()) {
            filters.register(this::permit, FilterOrder.CORS);
        }
    }

    private void permit(RoutingContext context) {
        var request = context.request();
        var response = context.response();
        response.headers().add("Vary", "Origin");
        var origin = request.getHeader("Origin");
        if (origin == null || !origins.contains(origin)) {
            context.next();
            return;
        }
        response.putHeader("Access-Control-Allow-Origin", origin);
        response.putHeader("Access-Control-Allow-Credentials", "true");
        if (request.method() == HttpMethod.OPTIONS && request.headers().contains("Access-Control-Request-Method")) {
            response.putHeader("Access-Control-Allow-Methods", METHODS)
                    .putHeader("Access-Control-Allow-Headers", ALLOWED_HEADERS)
                    .putHeader("Access-Control-Max-Age", PREFLIGHT_SECONDS)
                    .setStatusCode(204)
                    .end();
        } else {
            response.putHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS);
            context.next();
        }
    }
}
