package dev.todo.http.page;

import dev.todo.config.Settings;
import dev.todo.http.FilterOrder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Serves the web page from memory: its files are few and small, and are compressed once. Browsers cache files with a
 * content hash in their name forever and revalidate the page that references them. In dev mode, when the files are not
 * packaged, the bundler serves them.
 */
@ApplicationScoped
class WebPage {

    private static final String HASHED = "/assets/";
    private static final Set<String> OTHERS = Set.of("/", "/index.html", "/favicon.svg");
    private static final String CACHE_FOREVER = "public, max-age=31536000, immutable";
    private static final String REVALIDATE = "no-cache";
    // React sets styles through the DOM, which needs no 'unsafe-inline'; no code here creates markup from text
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'self'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

    private final Map<String, WebPageFile> files = new ConcurrentHashMap<>();
    private final String head;

    WebPage(Settings settings) {
        this.head = settings.publicUrl().map(WebPage::head).orElse("");
    }

    /** What all relative URLs of the page are relative to, and the address that the page tells its users. */
    private static String head(URI publicUrl) {
        return "<base href=\"%s/\"><meta name=\"public-url\" content=\"%s\">"
                .formatted(publicUrl.getRawPath(), publicUrl);
    }

    void register(@Observes Filters filters) {
        filters.register(this::serve, FilterOrder.OTHERS);
    }

    private void serve(RoutingContext context) {
        var path = context.normalizedPath();
        var method = context.request().method();
        var isRead = method == HttpMethod.GET || method == HttpMethod.HEAD;
        if (!isRead || !path.startsWith(HASHED) && !OTHERS.contains(path)) {
            context.next();
            return;
        }
        context.response()
                .putHeader("Content-Security-Policy", POLICY)
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader(HttpHeaders.CACHE_CONTROL, REVALIDATE);
        file(context.vertx(), path.equals("/") ? "/index.html" : path)
                .onSuccess(found -> found.ifPresentOrElse(file -> answer(context, path, file), context::next))
                .onFailure(context::fail);
    }

    private static void answer(RoutingContext context, String path, WebPageFile file) {
        if (path.startsWith(HASHED)) {
            context.response().putHeader(HttpHeaders.CACHE_CONTROL, CACHE_FOREVER);
        }
        file.answer(context.request());
    }

    private Future<Optional<WebPageFile>> file(Vertx vertx, String path) {
        var known = files.get(path);
        if (known != null) {
            return Future.succeededFuture(Optional.of(known));
        }
        return vertx.executeBlocking(() -> WebPageFile.read(path, head), false)
                .onSuccess(found -> found.ifPresent(file -> files.put(path, file)));
    }
}
