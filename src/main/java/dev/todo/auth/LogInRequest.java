package dev.todo.auth;

import dev.todo.user.User;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Request body for logging in. The rules for new credentials do not apply: values that cannot match are simply wrong.
 */
@Schema(name = "Login", description = "A user's e-mail address and password")
record LogInRequest(
        @Schema(examples = "ada@example.com") @NotNull(message = "is required")
        String email,

        @Schema(examples = "correct horse battery") @NotNull(message = "is required")
        String password) {

    LogInRequest {
        email = User.normalizeEmail(email);
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return email;
    }
}
