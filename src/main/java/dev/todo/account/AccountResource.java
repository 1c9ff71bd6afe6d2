package dev.todo.account;

import dev.todo.auth.password.PasswordHasher;
import dev.todo.auth.password.PasswordPolicy;
import dev.todo.auth.session.Sessions;
import dev.todo.http.problem.Refusal;
import dev.todo.observability.AuditLog;
import dev.todo.user.CurrentUser;
import dev.todo.user.Role;
import dev.todo.user.User;
import dev.todo.user.UserView;
import dev.todo.user.Users;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's own account. Brackets each database step itself, so that no connection is held while bcrypt runs. */
@Path("users/me")
@Cancellable(false)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Role.Names.USER, Role.Names.ADMIN})
@Tag(name = "Users")
public class AccountResource {

    private final CurrentUser caller;
    private final CurrentPassword currentPassword;
    private final PasswordHasher passwords;
    private final Sessions sessions;
    private final Users users;

    AccountResource(
            CurrentUser caller,
            CurrentPassword currentPassword,
            PasswordHasher passwords,
            Sessions sessions,
            Users users) {
        this.caller = caller;
        this.currentPassword = currentPassword;
        this.passwords = passwords;
        this.sessions = sessions;
        this.users = users;
    }

    @GET
    @Operation(operationId = "getMe", summary = "Get your account")
    public UserView me() {
        return caller.view();
    }

    @PUT
    @Path("password")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "changePassword",
            summary = "Change your password",
            description = "Ends all other sessions.")
    @APIResponse(responseCode = "204", description = "The password was changed")
    @APIResponse(responseCode = "403", description = "`wrong_password`: the password is incorrect")
    @APIResponse(responseCode = "429", ref = "Problem429")
    public Uni<Void> changePassword(@NotNull @Valid ChangePasswordRequest request) {
        var id = caller.id();
        return currentPassword
                .verify(id, request.currentPassword())
                .invoke(user -> requireAcceptable(request.newPassword(), user.email))
                .chain(user -> passwords.hash(request.newPassword()).chain(hash -> replacePassword(user, hash)))
                .invoke(() -> AuditLog.log("password_changed", id));
    }

    @DELETE
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "deleteMe", summary = "Delete your account, tasks and sessions")
    @APIResponse(responseCode = "204", description = "The account was deleted")
    @APIResponse(responseCode = "403", description = "`wrong_password`: the password is incorrect")
    @APIResponse(responseCode = "429", ref = "Problem429")
    @APIResponse(responseCode = "409", description = "`last_admin`: this is the last enabled administrator")
    public Uni<Void> delete(@NotNull @Valid DeleteAccountRequest request) {
        var id = caller.id();
        return currentPassword
                .verify(id, request.password())
                .chain(() -> users.delete(id))
                .invoke(() -> AuditLog.log("account_deleted", id));
    }

    private static void requireAcceptable(String password, String email) {
        var objection = password == null ? Optional.of("is required") : PasswordPolicy.violation(password, email);
        objection.ifPresent(message -> {
            throw Refusal.invalid("new_password", message);
        });
    }

    private Uni<Void> replacePassword(User user, String hash) {
        return sessions.replacePassword(user.id, user.hashedPassword, hash, caller.sessionId())
                .invoke(isReplaced -> {
                    if (!isReplaced) {
                        throw new WrongPassword();
                    }
                })
                .replaceWithVoid();
    }
}
