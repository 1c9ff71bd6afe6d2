package dev.todo.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.body.ReceivedBody;
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

/** Answers what fails before a request reaches a resource with the same problem documents as everything else. */
@ApplicationScoped
class HttpErrorHandler {

    private static final Logger LOG = Logger.getLogger(HttpErrorHandler.class);
    private static final int BEFORE_QUARKUS = -10_000;

    private final ObjectMapper json;

    HttpErrorHandler(ObjectMapper json) {
        this.json = json;
    }

    void register(@Observes Router router) {
        router.route().order(BEFORE_QUARKUS).failureHandler(this::answer);
    }

    void register(@Observes ManagementInterface management) {
        management.router().route().order(BEFORE_QUARKUS).handler(this::refuseBody);
        management.router().route().last().handler(context -> answer(context, 404));
    }

    /** Nothing on the management port takes one, and {@code RequestGuard} bounds those of the public port only. */
    private void refuseBody(RoutingContext context) {
        if (ReceivedBody.hasBody(context.request())) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            context.addEndHandler(sent -> ServerPipeline.of(context.request()).close());
            answer(context, 413);
        } else {
            context.next();
        }
    }

    private void answer(RoutingContext context) {
        if (Arc.container() == null || !Arc.container().isRunning()) {
            // The service has ended under a request: whether it was done is not known
            context.request().connection().close();
            return;
        }
        var status = status(context);
        if (status >= 500) {
            LOG.error("Request failed: " + context.request().path(), context.failure());
        }
        answer(context, status);
    }

    private void answer(RoutingContext context, int status) {
        var response = context.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        var problem = Problem.of(HttpRefusals.of(status), context.request().path());
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(toJson(problem));
        // What is left of a body that was refused is read and dropped, so that the client gets to read the answer
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
