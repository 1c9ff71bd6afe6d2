package dev.todo.auth.apitoken;

import dev.todo.user.Scope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A personal API token, as its user sees it. */
@Schema(name = "Token")
record TokenView(
        UUID id,
        @Schema(examples = "Backup script") String name,
        List<Scope> scopes,
        @Schema(nullable = true) Instant expiresAt,
        Instant createdAt,

        @Schema(nullable = true, description = "Accurate to about a minute")
        Instant lastUsedAt) {}
