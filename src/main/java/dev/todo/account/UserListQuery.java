package dev.todo.account;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.paging.Paging;
import dev.todo.user.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The query parameters of the list of users. */
@RegisterForReflection
record UserListQuery(
        @Schema(description = "Part of the e-mail address") String q,
        Role role,
        Boolean disabled,
        @JsonDeserialize(using = Paging.Limit.class) int limit,
        String cursor) {}
