package dev.todo.account;

import dev.todo.account.Accounts.Filter;
import dev.todo.http.paging.Paging;
import dev.todo.http.problem.Refusal;
import dev.todo.http.query.QueryReader;
import dev.todo.observability.AuditLog;
import dev.todo.user.CurrentUser;
import dev.todo.user.Role;
import dev.todo.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Manages all users, for administrators. */
@Path("admin/users")
@Cancellable(false)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.ADMIN)
@Tag(name = "Administration")
public class AdminResource {

    private final CurrentUser caller;
    private final QueryReader queries;
    private final Accounts accounts;
    private final Users users;

    AdminResource(CurrentUser caller, QueryReader queries, Accounts accounts, Users users) {
        this.caller = caller;
        this.queries = queries;
        this.accounts = accounts;
        this.users = users;
    }

    @GET
    @Operation(operationId = "listUsers", summary = "List users, newest first")
    @APIResponse(responseCode = "200", description = "A page of users")
    @Parameter(name = "query", in = ParameterIn.QUERY, schema = @Schema(implementation = UserListQuery.class))
    public Uni<RestResponse<List<AccountView>>> list(UriInfo uri) {
        var query = queries.read(uri, UserListQuery.class);
        var filter = Filter.of(query);
        return accounts.page(filter, query.limit() + 1)
                .map(found -> Paging.page(found, query.limit(), uri, filter::cursorAfter)
                        .build());
    }

    @GET
    @Path("{id}")
    @Operation(operationId = "getUser", summary = "Get a user")
    public Uni<AccountView> get(UUID id) {
        return accounts.find(id).map(found -> found.orElseThrow(Refusal::notFound));
    }

    @PATCH
    @Path("{id}")
    @Consumes({"application/merge-patch+json", MediaType.APPLICATION_JSON})
    @Operation(
            operationId = "changeUser",
            summary = "Change a user's role, or disable or enable the user",
            description = "Takes effect with the user's next request.")
    @APIResponse(responseCode = "200", description = "The updated user")
    @APIResponse(responseCode = "409", description = "`last_admin`: this is the last enabled administrator")
    public Uni<AccountView> change(UUID id, @NotNull ChangeUserRequest request) {
        // Read first: nothing may fail after the change is stored
        return get(id).chain(account -> users.change(id, request.role(), request.disabled())
                .invoke(user -> AuditLog.userChanged(id, caller.id(), user.role().label, user.disabled()))
                .map(user -> account.with(user.role(), user.disabled())));
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "deleteUser", summary = "Delete a user with all tasks and sessions")
    @APIResponse(responseCode = "204", description = "The user was deleted")
    @APIResponse(responseCode = "409", description = "`last_admin`: this is the last enabled administrator")
    public Uni<Void> delete(UUID id) {
        return users.delete(id).invoke(() -> AuditLog.log("user_deleted", id, caller.id()));
    }
}
