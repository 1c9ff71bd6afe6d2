package dev.todo.auth;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Answer of log-in (RFC 6750, section 4). */
record AccessToken(
        @Schema(
                required = true,
                description = "A JWT, signed with HS256",
                examples = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.…")
        String accessToken,

        @Schema(required = true, examples = "bearer") String tokenType) {

    static AccessToken of(String jwt) {
        return new AccessToken(jwt, "bearer");
    }
}
