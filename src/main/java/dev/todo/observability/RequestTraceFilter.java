package dev.todo.observability;

import dev.todo.config.Settings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.AnnotatedElement;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Adds the trace and span ids to a request's log lines, and names its span after the endpoint. */
@ApplicationScoped
class RequestTraceFilter {

    private static final int WITH_THE_REQUEST_ID = 9_999;

    void register(@Observes Filters filters, Settings settings) {
        if (settings.otlpEndpoint().isPresent()) {
            filters.register(RequestTraceFilter::mark, WITH_THE_REQUEST_ID);
        }
    }

    private static void mark(RoutingContext request) {
        var span = RequestTracer.of(Vertx.currentContext());
        if (span != null) {
            MDC.put("trace_id", span.getSpanContext().getTraceId());
            MDC.put("span_id", span.getSpanContext().getSpanId());
        }
        request.next();
    }

    @ServerRequestFilter
    void name(ResourceInfo endpoint, io.vertx.core.http.HttpServerRequest request) {
        var span = RequestTracer.of(Vertx.currentContext());
        if (span != null) {
            var route = template(endpoint.getResourceClass()) + template(endpoint.getResourceMethod());
            span.updateName(request.method() + " " + route).setAttribute("http.route", route);
        }
    }

    private static String template(AnnotatedElement annotated) {
        var path = annotated.getAnnotation(Path.class);
        var template = path == null ? "" : path.value().replaceAll("^/|/$", "");
        return template.isEmpty() ? "" : "/" + template;
    }
}
