package dev.todo.http.internals;

import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * The call that Quarkus REST works on. When its work is over, which may be after its client is gone, and the Vert.x request
 * that it came by are known to implementation classes only.
 */
public final class RestCall {

    private RestCall() {}

    /** Runs this when all work on the current call is over. */
    public static void onCompletion(Runnable callback) {
        CurrentRequestManager.get().registerCompletionCallback(end -> callback.run());
    }

    public static RoutingContext routingContext(ContainerRequestContext call) {
        var request = ((ResteasyReactiveContainerRequestContext) call).getServerRequestContext();
        return ((ResteasyReactiveRequestContext) request).unwrap(RoutingContext.class);
    }
}
