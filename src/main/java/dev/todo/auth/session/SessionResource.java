package dev.todo.auth.session;

import dev.todo.http.problem.Refusal;
import dev.todo.user.CurrentUser;
import dev.todo.user.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's sessions, on all devices. */
@Path("auth/sessions")
@Cancellable(false)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Names.USER, Role.Names.ADMIN})
@Tag(name = "Auth")
public class SessionResource {

    private final CurrentUser caller;
    private final Sessions sessions;

    SessionResource(CurrentUser caller, Sessions sessions) {
        this.caller = caller;
        this.sessions = sessions;
    }

    @GET
    @Operation(operationId = "listSessions", summary = "List your sessions")
    public Uni<List<SessionView>> list() {
        return sessions.list(caller.id(), caller.sessionId());
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "endSession", summary = "End a session")
    @APIResponse(responseCode = "204", description = "The session has ended; its tokens no longer work")
    public Uni<Void> end(UUID id) {
        return sessions.end(id, caller.id())
                .invoke(found -> {
                    if (!found) {
                        throw Refusal.notFound();
                    }
                })
                .replaceWithVoid();
    }

    @DELETE
    @Operation(operationId = "endOtherSessions", summary = "End all other sessions")
    @APIResponse(responseCode = "204", description = "The sessions have ended; their tokens no longer work")
    public Uni<Void> endOthers() {
        return sessions.endOthers(caller.id(), caller.sessionId());
    }
}
