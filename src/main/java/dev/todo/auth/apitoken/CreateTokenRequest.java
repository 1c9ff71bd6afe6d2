package dev.todo.auth.apitoken;

import dev.todo.http.json.Text;
import dev.todo.user.Scope;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.CodePointLength;

/** The name, scopes and expiry of a new personal API token. */
@Schema(name = "NewToken")
record CreateTokenRequest(
        @Schema(
                required = true,
                examples = "Backup script",
                minLength = 1,
                maxLength = 100,
                description = "Trimmed; must not be blank")
        @NotNull(message = "is required")
        @Size(min = 1, message = "must not be blank")
        @CodePointLength(max = 100, message = "must have at most 100 characters")
        String name,

        @Schema(required = true, description = "At least one; `tasks:write` does not include reading")
        @NotEmpty(message = "must contain at least one scope")
        List<@NotNull(message = "must be a string") Scope> scopes,

        @Schema(
                nullable = true,
                examples = "2027-11-20T00:00:00Z",
                description = "If omitted, the token is valid until you revoke it")
        @Future(message = "must be in the future")
        Instant expiresAt) {

    CreateTokenRequest {
        name = Text.trim(name);
        scopes = scopes == null ? null : scopes.stream().distinct().toList();
    }
}
