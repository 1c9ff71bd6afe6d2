package dev.todo.user;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's own account. */
@Path("users/me")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Names.USER, Role.Names.ADMIN})
@Tag(name = "Users")
public class UserResource {

    private final CurrentUser caller;

    UserResource(CurrentUser caller) {
        this.caller = caller;
    }

    @GET
    @Operation(operationId = "getMe", summary = "Who is calling")
    public UserView me() {
        return caller.view();
    }
}
