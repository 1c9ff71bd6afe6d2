package dev.todo.account;

import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request body for deleting the caller's account. */
@Schema(name = "AccountDeletion", description = "The current password, as confirmation")
record DeleteAccountRequest(
        @Schema(examples = "correct horse battery") @NotNull(message = "is required")
        String password) {

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "DeleteAccountRequest";
    }
}
