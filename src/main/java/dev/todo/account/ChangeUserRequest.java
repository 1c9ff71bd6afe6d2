package dev.todo.account;

import dev.todo.user.Role;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Body of a change to a user; missing members stay as they are. */
@Schema(name = "UserChanges", description = "The fields to change; omitted fields stay unchanged")
record ChangeUserRequest(
        @Schema(enumeration = {"user", "admin"}) Role role, Boolean disabled) {}
