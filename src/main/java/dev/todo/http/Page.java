package dev.todo.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The headers of the web page. Its files have their content's hash in their names and are kept forever; the page that
 * names them is asked for each time.
 */
@ApplicationScoped
class Page {

    private static final int AFTER_REQUEST_ID = 9_000;
    private static final String FILES = "/assets/";
    private static final String ICON = "/favicon.svg";
    private static final String KEEP_A_DAY = "public, max-age=86400";
    private static final String KEEP = "public, max-age=31536000, immutable";
    private static final String ASK_EACH_TIME = "no-cache";
    // React sets styles through the DOM, which needs no 'unsafe-inline'; nothing here makes markup out of text
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    void register(@Observes Filters filters) {
        filters.register(this::addHeaders, AFTER_REQUEST_ID);
    }

    private void addHeaders(RoutingContext context) {
        var path = context.normalizedPath();
        if (path.equals("/") || path.equals("/index.html")) {
            context.response()
                    .putHeader("Content-Security-Policy", POLICY)
                    .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                    .putHeader("Referrer-Policy", "no-referrer");
            keep(context, ASK_EACH_TIME);
        } else if (path.startsWith(FILES)) {
            keep(context, KEEP);
        } else if (path.equals(ICON)) {
            keep(context, KEEP_A_DAY);
        }
        context.next();
    }

    private static void keep(RoutingContext context, String cacheControl) {
        context.addHeadersEndHandler(headers -> {
            var status = context.response().getStatusCode();
            var isThere = status == 200 || status == 304;
            // Not what is missing: another replica may have it, or this one after its update
            context.response()
                    .putHeader(HttpHeaders.CACHE_CONTROL, isThere ? cacheControl : "no-store")
                    .headers()
                    .add(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        });
    }
}
