package dev.todo.auth;

import dev.todo.problem.Problem;
import dev.todo.user.User;
import dev.todo.user.UserView;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
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
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** Sign up and log in. Each brackets its database step itself, so that no connection waits for bcrypt. */
@Path("auth")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth")
public class AuthResource {

    private final PasswordHasher passwords;
    private final TokenIssuer tokens;

    AuthResource(PasswordHasher passwords, TokenIssuer tokens) {
        this.passwords = passwords;
        this.tokens = tokens;
    }

    @POST
    @Path("signup")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(operationId = "signUp", summary = "Make an account")
    @APIResponse(
            responseCode = "201",
            description = "The new user",
            headers = @Header(name = HttpHeaders.LOCATION, description = "Always /users/me"),
            content = @Content(schema = @Schema(implementation = UserView.class)))
    @APIResponse(
            responseCode = "409",
            description = "`email_taken`: there is an account with this address",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<UserView>> signUp(@NotNull @Valid Credentials wanted) {
        return passwords
                .hash(wanted.password())
                .chain(hash -> Panache.withTransaction(() -> User.register(wanted.email(), hash, now())))
                .map(user -> ResponseBuilder.create(RestResponse.Status.CREATED, UserView.of(user))
                        .header(HttpHeaders.LOCATION, "/users/me")
                        .build());
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_JSON)
    @PermitAll
    @Operation(operationId = "logIn", summary = "Get an access token")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Login.class)),
                @Content(
                        mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                        schema = @Schema(implementation = LoginForm.class))
            })
    @APIResponse(
            responseCode = "200",
            description = "An access token",
            headers = @Header(name = HttpHeaders.CACHE_CONTROL, description = "Always no-store"),
            content = @Content(schema = @Schema(implementation = AccessToken.class)))
    @APIResponse(
            responseCode = "401",
            description = "`invalid_credentials`: address or password is wrong, or the user is disabled",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Uni<RestResponse<AccessToken>> logIn(@NotNull @Valid Login login) {
        return Panache.withSession(() -> User.findByEmail(login.email()))
                .chain(user -> passwords
                        .matches(login.password(), user == null ? null : user.hashedPassword)
                        .map(isMatch -> accepted(user, isMatch)))
                .map(user -> ResponseBuilder.ok(tokens.issueFor(user, Instant.now()))
                        .header(HttpHeaders.CACHE_CONTROL, "no-store")
                        .build());
    }

    /** The password grant's form (RFC 6749, section 4.3.2), for generic OAuth clients and the API explorer. */
    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    @Operation(operationId = "logInByForm", hidden = true)
    public Uni<RestResponse<AccessToken>> logInByForm(@Valid LoginForm form) {
        return logIn(form.login());
    }

    private static User accepted(User user, boolean isMatch) {
        if (!isMatch || user.disabled) {
            throw new InvalidCredentials();
        }
        return user;
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
