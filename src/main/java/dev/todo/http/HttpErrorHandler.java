package dev.todo.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.internals.ServerPipeline;
import dev.todo.http.problem.HttpRefusals;
import dev.todo.http.problem.Problem;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import org.jboss.logging.Logger;

/** Returns problem documents for requests that fail before they reach a resource. */
@ApplicationScoped
class HttpErrorHandler {

    private static final Logger LOG = Logger.getLogger(HttpErrorHandler.class);

    private final ObjectMapper json;

    HttpErrorHandler(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        router.route().order(-FilterOrder.FAILURES).failureHandler(this::respond);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().order(-FilterOrder.FAILURES).failureHandler(this::respondAndClose);
        management.router().route().last().handler(context -> respond(context, 404));
    }

    /** After a body over the limit, above all: {@code RequestGuard} cuts off endless ones on the public port only. */
    private void respondAndClose(RoutingContext context) {
        context.addEndHandler(sent -> ServerPipeline.of(context.request()).close());
        respond(context);
    }

    private void respond(RoutingContext context) {
        if (Arc.container() == null || !Arc.container().isRunning()) {
            // The service stopped during this request: whether it was carried out is unknown
            context.request().connection().close();
            return;
        }
        var status = status(context);
        if (status >= 500) {
            LOG.error("Request failed: " + context.request().path(), context.failure());
        }
        respond(context, status);
    }

    private void respond(RoutingContext context, int status) {
        var response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        var problem = Problem.of(HttpRefusals.of(status), context.request().path());
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(toJson(problem));
        // Reads and drops the rest of a rejected body, so that the client gets to read the response
        context.request().resume();
    }

    private static int status(RoutingContext context) {
        if (context.failure() instanceof HttpException http) {
            return http.getStatusCode();
        }
        if (context.failure() instanceof WebApplicationException refused) {
            return refused.getResponse().getStatus();
        }
        return context.statusCode() > 0 ? context.statusCode() : 500;
    }

    private String toJson(Problem problem) {
        try {
            return json.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
