package dev.todo.account;

import dev.todo.user.Role;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user, as administrators see it. */
@Schema(name = "Account")
record AccountView(
        UUID id,

        @Schema(examples = "ada@example.com") String email,

        Role role,

        Instant createdAt,
        boolean disabled,
        @Schema(nullable = true) Instant lastLoginAt,

        @Schema(description = "Not counting deleted tasks") long taskCount) {

    AccountView with(Role newRole, boolean isDisabled) {
        return new AccountView(id, email, newRole, createdAt, isDisabled, lastLoginAt, taskCount);
    }
}
