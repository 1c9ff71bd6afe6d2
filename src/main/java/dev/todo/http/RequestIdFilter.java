package dev.todo.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** Gives every request an id: the client's own where it is sane, else a new one; answers and log lines carry it. */
@ApplicationScoped
public class RequestIdFilter {

    public static final String HEADER = "X-Request-ID";
    private static final Pattern ACCEPTED = Pattern.compile("[A-Za-z0-9._:/+=@-]{1,128}");
    private static final int BEFORE_ALL_ELSE = 10_000;

    void register(@Observes Filters filters) {
        filters.register(RequestIdFilter::identify, BEFORE_ALL_ELSE);
    }

    private static void identify(RoutingContext context) {
        var id = of(context.request().getHeader(HEADER));
        context.response().putHeader(HEADER, id);
        MDC.put("request_id", id);
        context.next();
    }

    /** The client's own id, or a new one if it has none or one that does not belong into a log. */
    public static String of(String given) {
        return given != null && ACCEPTED.matcher(given).matches()
                ? given
                : UUID.randomUUID().toString();
    }
}
