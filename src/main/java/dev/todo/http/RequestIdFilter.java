package dev.todo.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/**
 * Gives every request an id: the client's own if it is valid, otherwise a new one. Responses and log lines include it.
 */
@ApplicationScoped
public class RequestIdFilter {

    public static final String HEADER = "X-Request-ID";
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");

    void register(@Observes Filters filters) {
        filters.register(RequestIdFilter::identify, FilterOrder.REQUEST_ID);
    }

    private static void identify(RoutingContext context) {
        var id = of(context.request().getHeader(HEADER));
        context.response().putHeader(HEADER, id);
        MDC.put("request_id", id);
        context.next();
    }

    /** The client's own id, or a new one if there is none or it is not safe to log. */
    public static String of(String given) {
        return given != null && ACCEPTED.matcher(given).matches() ? given : newId();
    }

    /** A random UUID (RFC 9562). It is not a secret, so the generator is the fastest one, not a secure one. */
    private static String newId() {
        var random = ThreadLocalRandom.current();
        var version4 = random.nextLong() & ~0xF000L | 0x4000L;
        var variant1 = random.nextLong() >>> 2 | 1L << 63;
        return new UUID(version4, variant1).toString();
    }
}
