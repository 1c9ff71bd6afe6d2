package dev.todo.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers 404 for paths that are still encoded once they are normalized, as {@code /docs%2Findex.html} is, and for path
 * parameters. Nothing here is named so, and what decodes further than the others would get around their rules.
 */
@ApplicationScoped
class CanonicalPathFilter {

    private static final int BEFORE_WHAT_LOOKS_AT_PATHS = 9_700;

    void register(@Observes Filters filters) {
        filters.register(CanonicalPathFilter::check, BEFORE_WHAT_LOOKS_AT_PATHS);
    }

    private static void check(RoutingContext context) {
        if (context.normalizedPath().chars().anyMatch(c -> c == '%' || c == ';' || c == '\\')) {
            context.fail(404);
        } else {
            context.next();
        }
    }
}
