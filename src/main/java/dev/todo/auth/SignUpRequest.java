package dev.todo.auth;

import dev.todo.user.EmailAddress;
import dev.todo.user.User;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of sign-up. */
@AcceptablePassword
@Schema(
        name = "Credentials",
        description = "An e-mail address that is not taken, and a password of 8 characters to 72 bytes")
record SignUpRequest(
        @Schema(examples = "ada@example.com", maxLength = 254) @NotNull(message = "must be given") @EmailAddress
        String email,

        @Schema(examples = "correct horse battery", minLength = 8, maxLength = 72) @NotNull(message = "must be given")
        String password) {

    SignUpRequest {
        email = User.normalizedEmail(email);
    }

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return email;
    }
}
