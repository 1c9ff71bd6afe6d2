package dev.todo.account;

import dev.todo.user.Role;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request body for changing a user; omitted fields stay unchanged. */
@Schema(name = "UserPatch", description = "The fields to change; omitted fields stay unchanged")
record ChangeUserRequest(Role role, Boolean disabled) {}
