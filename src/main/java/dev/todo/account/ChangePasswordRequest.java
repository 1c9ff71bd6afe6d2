package dev.todo.account;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of a change of password. */
@Schema(name = "PasswordChange", description = "The current and the new password")
record ChangePasswordRequest(
        @Schema(examples = "correct horse battery") @NotNull(message = "is required")
        String currentPassword,

        // Judged after the current password: whoever does not know that is not told what is wrong with this
        @Schema(required = true, examples = "staple after staple", minLength = 8, maxLength = 72)
        String newPassword) {

    /** Keeps the passwords out of logs. */
    @Override
    public String toString() {
        return "ChangePasswordRequest";
    }
}
