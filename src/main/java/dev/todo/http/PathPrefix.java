package dev.todo.http;

import dev.todo.config.Settings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Translates between the paths that clients see, which begin with the path of PUBLIC_URL, and those of the service,
 * which do not: removes it from requests and adds it to the headers of responses. Everything else knows only the
 * service's paths. A request may also arrive without the prefix, because some proxies remove it.
 */
@ApplicationScoped
class PathPrefix {

    private static final String IS_REMOVED = PathPrefix.class.getName();
    private static final Pattern COOKIE_PATH = Pattern.compile("(?i)(; *path=)/");

    private final String prefix;

    PathPrefix(Settings settings) {
        this.prefix = settings.publicUrl().map(URI::getRawPath).orElse("");
    }

    void register(@Observes Filters filters) {
        if (!prefix.isEmpty()) {
            filters.register(this::translate, FilterOrder.PATH_PREFIX);
            filters.register(this::completeSlash, FilterOrder.OTHERS);
        }
    }

    private void translate(RoutingContext context) {
        if (context.get(IS_REMOVED) == null && context.normalizedPath().startsWith(prefix + "/")) {
            context.put(IS_REMOVED, true);
            var path = context.normalizedPath().substring(prefix.length());
            var query = context.request().query();
            // Begins again with the first filter, and forgets what was there of the response
            context.reroute(query == null ? path : path + "?" + query);
        } else {
            context.addHeadersEndHandler(sent -> addTo(context.response().headers()));
            context.next();
        }
    }

    private void completeSlash(RoutingContext context) {
        if (context.normalizedPath().equals(prefix)) {
            context.response()
                    .setStatusCode(308)
                    .putHeader(HttpHeaders.LOCATION, "/")
                    .end();
        } else {
            context.next();
        }
    }

    private void addTo(MultiMap headers) {
        change(headers, "Location", location -> location.startsWith("/") ? prefix + location : location);
        change(headers, "Link", link -> link.replace("</", "<" + prefix + "/"));
        change(headers, "Set-Cookie", cookie -> COOKIE_PATH.matcher(cookie).replaceFirst("$1" + prefix + "/"));
    }

    private static void change(MultiMap headers, String name, UnaryOperator<String> change) {
        if (headers.contains(name)) {
            headers.set(name, headers.getAll(name).stream().map(change).toList());
        }
    }
}
