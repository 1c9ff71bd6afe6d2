package dev.todo.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Returns 404 for paths that are still encoded after normalization, such as {@code /docs%2Findex.html}, and for path
 * parameters. No path of ours has either, and one that is decoded again later could bypass the rules of other filters.
 */
@ApplicationScoped
class CanonicalPathFilter {

    void register(@Observes Filters filters) {
        filters.register(CanonicalPathFilter::check, FilterOrder.CANONICAL_PATH);
    }

    private static void check(RoutingContext context) {
        var path = context.normalizedPath();
        if (path.indexOf('%') >= 0 || path.indexOf(';') >= 0 || path.indexOf('\\') >= 0) {
            context.fail(404);
        } else {
            context.next();
        }
    }
}
