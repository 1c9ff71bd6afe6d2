package dev.todo.auth.apitoken;

import dev.todo.user.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A new personal API token; this is the only time that it is shown. */
@Schema(name = "CreatedToken")
record CreateTokenResponse(
        UUID id,
        @Schema(examples = "Backup script") String name,
        List<Scope> scopes,
        @Schema(nullable = true) Instant expiresAt,
        Instant createdAt,

        @Schema(examples = "todo_pat_2mWdKq0vRrT8YcXbN5hLZ1sJfE9gPa1Xk3Qz")
        String token) {

    static CreateTokenResponse of(TokenView view, PersonalToken token) {
        return new CreateTokenResponse(
                view.id(), view.name(), view.scopes(), view.expiresAt(), view.createdAt(), token.text());
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "CreateTokenResponse " + id;
    }
}
