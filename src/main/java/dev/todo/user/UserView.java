package dev.todo.user;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user, as the API returns it. */
@Schema(name = "User")
public record UserView(
        @Schema(examples = "01996d5e-7a10-7c3f-9d1c-0a5b8f3c2e11")
        UUID id,

        @Schema(examples = "ada@example.com") String email,

        Role role,

        @Schema(examples = "2026-11-20T10:00:00.123456Z") Instant createdAt) {

    /** From a row with the columns user_id, email, role and created_at. */
    public static UserView of(Row row) {
        return new UserView(
                row.getUUID("user_id"),
                row.getString("email"),
                Role.of(row.getString("role")),
                row.getOffsetDateTime("created_at").toInstant());
    }

    public static UserView of(User user) {
        return new UserView(user.id, user.email, user.role, user.createdAt);
    }
}
