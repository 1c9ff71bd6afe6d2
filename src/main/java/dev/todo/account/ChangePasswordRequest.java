package dev.todo.account;

import dev.todo.config.CredentialRules;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request body for changing the password. */
@Schema(name = "PasswordChange", description = "The current and the new password")
record ChangePasswordRequest(
        @Schema(examples = "correct horse battery") @NotNull(message = "is required")
        String currentPassword,

        // Checked after the current password: callers who do not know that one learn nothing about this one
        @Schema(
                required = true,
                examples = "staple after staple",
                minLength = CredentialRules.MIN_PASSWORD_LENGTH,
                maxLength = CredentialRules.MAX_PASSWORD_BYTES)
        String newPassword) {

    /** Keeps the passwords out of logs. */
    @Override
    public String toString() {
        return "ChangePasswordRequest";
    }
}
