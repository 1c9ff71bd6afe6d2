package dev.todo.http.internals;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * The current call in Quarkus REST. Only implementation classes know its Vert.x request and when its work is over,
 * which may be after the client has disconnected.
 */
public final class RestCall {

    private RestCall() {}

    /** Runs the callback when all work on the current call is over. */
    public static void onCompletion(Runnable callback) {
        CurrentRequestManager.get().registerCompletionCallback(end -> callback.run());
    }

    public static RoutingContext routingContext(ContainerRequestContext call) {
        var request = ((ResteasyReactiveContainerRequestContext) call).getServerRequestContext();
        return ((ResteasyReactiveRequestContext) request).unwrap(RoutingContext.class);
    }
}
