package dev.todo.auth;

import dev.todo.auth.accesstoken.AccessTokenResponse;
import dev.todo.auth.accesstoken.TokenIssuer;
import dev.todo.auth.ratelimit.ClientAddress;
import dev.todo.auth.session.InvalidRefreshToken;
import dev.todo.auth.session.RefreshCookie;
import dev.todo.auth.session.Session;
import dev.todo.auth.session.Sessions;
import dev.todo.http.AllowedOrigins;
import dev.todo.http.problem.HttpRefusals;
import dev.todo.http.problem.Refusal;
import dev.todo.observability.AuditLog;
import dev.todo.user.CurrentUser;
import dev.todo.user.UserView;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Signing up, logging in, refreshing and logging out. */
@Path("auth")
@Cancellable(false)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth")
public class AuthResource {

    private final Registration registration;
    private final LogIn logIn;
    private final TokenRefresh refresh;
    private final Sessions sessions;
    private final RefreshCookie cookie;
    private final LogInFormReader forms;
    private final AllowedOrigins origins;
    private final TokenIssuer tokens;
    private final ClientAddress clients;
    private final CurrentIdentityAssociation identity;
    private final HttpServerRequest request;

    AuthResource(
            Registration registration,
            LogIn logIn,
            TokenRefresh refresh,
            Sessions sessions,
            RefreshCookie cookie,
            LogInFormReader forms,
            AllowedOrigins origins,
            TokenIssuer tokens,
            ClientAddress clients,
            CurrentIdentityAssociation identity,
            HttpServerRequest request) {
        this.registration = registration;
        this.logIn = logIn;
        this.refresh = refresh;
        this.sessions = sessions;
        this.cookie = cookie;
        this.forms = forms;
        this.origins = origins;
        this.tokens = tokens;
        this.clients = clients;
        this.identity = identity;
        this.request = request;
    }

    @POST
    @Path("signup")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(operationId = "signUp", summary = "Create an account")
    @APIResponse(
            responseCode = "201",
            description = "The new user",
            headers = @Header(name = HttpHeaders.LOCATION, description = "Always /users/me"),
            content = @Content(schema = @Schema(implementation = UserView.class)))
    @APIResponse(responseCode = "409", description = "`email_taken`: an account with this address already exists")
    @APIResponse(responseCode = "429", ref = "Problem429")
    public Uni<RestResponse<UserView>> signUp(@NotNull @Valid SignUpRequest wanted) {
        return registration
                .signUp(wanted, clients.of(request))
                .map(user -> ResponseBuilder.create(RestResponse.Status.CREATED, user)
                        .header(HttpHeaders.LOCATION, "/users/me")
                        .build());
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(operationId = "logIn", summary = "Log in: get an access token, and a refresh token in a cookie")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = LogInRequest.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                        schema = @Schema(implementation = LogInForm.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "An access token",
            headers = @Header(name = HttpHeaders.SET_COOKIE, description = "The refresh token"))
    @APIResponse(
            responseCode = "401",
            description = "`invalid_credentials`: the address or password is incorrect, or the user is disabled")
    @APIResponse(responseCode = "429", ref = "Problem429")
    public Uni<RestResponse<AccessTokenResponse>> logIn(@NotNull @Valid LogInRequest wanted) {
        return logIn.startSession(wanted, clients.of(request), request.getHeader(HttpHeaders.USER_AGENT))
                .map(this::respondWith);
    }

    /** The form of the password grant (RFC 6749, section 4.3.2), for generic OAuth clients and the API explorer. */
    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    @Operation(operationId = "logInByForm", hidden = true)
    public Uni<RestResponse<AccessTokenResponse>> logInByForm(byte[] form) {
        // Unlike JSON, forms can be sent by pages of any origin
        origins.requireAllowed(request);
        return logIn(forms.read(form).toRequest());
    }

    @POST
    @Path("refresh")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(
            operationId = "refresh",
            summary = "Get a new access token and a new refresh token",
            description = "Send the refresh token in the cookie or in the body. Each refresh replaces it.")
    @RequestBody(required = false, content = @Content(schema = @Schema(implementation = RefreshRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "An access token",
            headers = @Header(name = HttpHeaders.SET_COOKIE, description = "The new refresh token"))
    @APIResponse(
            responseCode = "401",
            description = "`invalid_refresh_token`: the token is missing or invalid, or its session has ended")
    @APIResponse(responseCode = "429", ref = "Problem429")
    public Uni<RestResponse<AccessTokenResponse>> refresh(RefreshRequest body) {
        return body != null && body.refreshToken() != null ? refreshWith(body.refreshToken()) : refreshByCookie();
    }

    /** For requests without a body: many clients still send a content type, such as that of forms. */
    @POST
    @Path("refresh")
    @Consumes(MediaType.WILDCARD)
    @PermitAll
    @Operation(operationId = "refreshWithoutBody", hidden = true)
    public Uni<RestResponse<AccessTokenResponse>> refreshWithoutBody(byte[] body) {
        if (body.length > 0) {
            throw HttpRefusals.of(415);
        }
        return refreshByCookie();
    }

    private Uni<RestResponse<AccessTokenResponse>> refreshByCookie() {
        return refreshWith(cookie.read(request).orElseThrow(InvalidRefreshToken::new));
    }

    private Uni<RestResponse<AccessTokenResponse>> refreshWith(String refreshToken) {
        return refresh.refresh(refreshToken).map(this::respondWith);
    }

    @POST
    @Path("logout")
    @PermitAll
    @Operation(
            operationId = "logOut",
            summary = "Log out",
            description = "Ends the session of the access token or, without one, of the refresh cookie."
                    + " Its tokens stop working immediately.")
    @APIResponse(
            responseCode = "204",
            description = "The session has ended",
            headers = @Header(name = HttpHeaders.SET_COOKIE, description = "Clears the refresh cookie"))
    @APIResponse(responseCode = "401", description = "Neither a valid access token nor a refresh cookie was sent")
    public Uni<RestResponse<Void>> logOut() {
        return endSession()
                .onItem()
                .ifNull()
                .failWith(InvalidRefreshToken::new)
                .invoke(user -> AuditLog.log("logout", user))
                .map(user ->
                        ResponseBuilder.<Void>noContent().cookie(cookie.clear()).build());
    }

    /** Returns the user's id, or null if there is no such session. */
    private Uni<UUID> endSession() {
        return identity.getDeferredIdentity()
                .chain(caller -> caller.isAnonymous()
                        ? endByCookie().orElseThrow(Refusal::unauthenticated)
                        : endByAccessToken(caller))
                .onFailure(AuthenticationFailedException.class)
                .recoverWithUni(
                        badToken -> endByCookie().orElse(Uni.createFrom().failure(badToken)));
    }

    private Uni<UUID> endByAccessToken(SecurityIdentity caller) {
        UserView user = caller.getAttribute(CurrentUser.ATTRIBUTE);
        UUID session = caller.getAttribute(CurrentUser.SESSION_ATTRIBUTE);
        if (session == null) {
            throw new ForbiddenException("A personal token has no session");
        }
        return sessions.end(session, user.id()).replaceWith(user.id());
    }

    private Optional<Uni<UUID>> endByCookie() {
        return cookie.read(request).map(sessions::endByToken);
    }

    private RestResponse<AccessTokenResponse> respondWith(Session session) {
        return ResponseBuilder.ok(tokens.issueFor(session, Instant.now()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .cookie(cookie.create(session.refreshToken()))
                .build();
    }
}
