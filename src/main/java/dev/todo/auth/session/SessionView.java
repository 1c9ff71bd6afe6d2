package dev.todo.auth.session;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A session, as its user sees it. */
@Schema(name = "Session")
public record SessionView(
        @Schema(required = true) UUID id,
        @Schema(required = true) Instant createdAt,

        @Schema(required = true, description = "When the access token was last refreshed")
        Instant lastUsedAt,

        @Schema(required = true) Instant expiresAt,

        @Schema(required = true, nullable = true, examples = "Mozilla/5.0")
        String userAgent,

        @Schema(required = true, description = "Whether this is the session of the request")
        boolean current) {}
