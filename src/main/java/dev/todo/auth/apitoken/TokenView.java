package dev.todo.auth.apitoken;

import dev.todo.user.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A personal API token, as its user sees it. */
@Schema(name = "Token")
record TokenView(
        @Schema(required = true) UUID id,
        @Schema(required = true, examples = "Backup script") String name,
        @Schema(required = true) List<Scope> scopes,
        @Schema(required = true, nullable = true) Instant expiresAt,
        @Schema(required = true) Instant createdAt,

        @Schema(required = true, nullable = true, description = "Accurate to about a minute")
        Instant lastUsedAt) {}
