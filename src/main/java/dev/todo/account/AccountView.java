package dev.todo.account;

import dev.todo.user.Role;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user, as administrators see it. */
@Schema(name = "Account")
record AccountView(
        @Schema(required = true) UUID id,

        @Schema(required = true, examples = "ada@example.com")
        String email,

        @Schema(
                required = true,
                enumeration = {"user", "admin"})
        Role role,

        @Schema(required = true) Instant createdAt,
        @Schema(required = true) boolean disabled,
        @Schema(required = true, nullable = true) Instant lastLoginAt,

        @Schema(required = true, description = "Not counting deleted tasks")
        long taskCount) {

    AccountView with(Role newRole, boolean isDisabled) {
        return new AccountView(id, email, newRole, createdAt, isDisabled, lastLoginAt, taskCount);
    }
}
