package dev.todo.task.events;

import dev.todo.user.CurrentUser;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Announces changes of tasks: after each successful call that may have changed one. */
@Singleton
class ChangeFilter {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final CurrentUser caller;
    private final Changes changes;

    ChangeFilter(CurrentUser caller, Changes changes) {
        this.caller = caller;
        this.changes = changes;
    }

    @ServerResponseFilter
    void announce(ContainerRequestContext request, ContainerResponseContext response) {
        if (!READING.contains(request.getMethod())
                && request.getUriInfo().getPath().startsWith("/tasks")
                && response.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
            changes.announce(caller.id());
        }
    }
}
