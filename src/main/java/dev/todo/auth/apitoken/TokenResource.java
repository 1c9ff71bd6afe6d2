package dev.todo.auth.apitoken;

import dev.todo.http.problem.Refusal;
import dev.todo.observability.AuditLog;
import dev.todo.user.CurrentUser;
import dev.todo.user.Role;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's personal API tokens. */
@Path("auth/tokens")
@Cancellable(false)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Names.USER, Role.Names.ADMIN})
@Tag(name = "Auth")
public class TokenResource {

    private final CurrentUser caller;
    private final PersonalTokens tokens;

    TokenResource(CurrentUser caller, PersonalTokens tokens) {
        this.caller = caller;
        this.tokens = tokens;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createToken",
            summary = "Create a personal API token",
            description = "A bearer token for scripts. It gives access to `/tasks` within"
                    + " its scopes, and is shown only once.")
    @APIResponse(
            responseCode = "201",
            description = "The new token",
            content = @Content(schema = @Schema(implementation = CreateTokenResponse.class)))
    @APIResponse(responseCode = "409", description = "`too_many_tokens`: you already have 100")
    public Uni<RestResponse<CreateTokenResponse>> create(@NotNull @Valid CreateTokenRequest wanted) {
        return tokens.create(caller.id(), caller.sessionId(), wanted)
                .invoke(created -> AuditLog.log("personal_token_created", caller.id()))
                .map(created -> ResponseBuilder.create(RestResponse.Status.CREATED, created)
                        .header(HttpHeaders.LOCATION, "/auth/tokens/" + created.id())
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    @GET
    @Operation(operationId = "listTokens", summary = "List your personal API tokens, newest first")
    public Uni<List<TokenView>> list() {
        return tokens.of(caller.id());
    }

    @DELETE
    @Path("{id}")
    @Operation(operationId = "revokeToken", summary = "Revoke a personal API token")
    @APIResponse(responseCode = "204", description = "The token no longer works")
    public Uni<Void> revoke(UUID id) {
        return tokens.revoke(id, caller.id())
                .invoke(found -> {
                    if (!found) {
                        throw Refusal.notFound();
                    }
                    AuditLog.log("personal_token_revoked", caller.id());
                })
                .replaceWithVoid();
    }
}
