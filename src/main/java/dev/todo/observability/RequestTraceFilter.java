package dev.todo.observability;

import dev.todo.config.Settings;
import dev.todo.http.FilterOrder;
import dev.todo.http.problem.Routes;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.logging.MDC;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Adds the trace and span ids to a request's log lines, and names its span after the endpoint. */
@ApplicationScoped
class RequestTraceFilter {

    void register(@Observes Filters filters, Settings settings) {
        if (settings.otlpEndpoint().isPresent()) {
            filters.register(RequestTraceFilter::mark, FilterOrder.TRACE_ID);
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
            var route = Routes.template(endpoint);
            span.updateName(request.method() + " " + route).setAttribute("http.route", route);
        }
    }
}
