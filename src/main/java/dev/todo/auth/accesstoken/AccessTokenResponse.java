package dev.todo.auth.accesstoken;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Response to a log-in or a refresh (RFC 6750, section 4). */
@Schema(name = "AccessToken")
public record AccessTokenResponse(
        @Schema(description = "A JWT signed with HS256", examples = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.…")
        String accessToken,

        @Schema(examples = "bearer") String tokenType) {

    static AccessTokenResponse of(String jwt) {
        return new AccessTokenResponse(jwt, "bearer");
    }
}
