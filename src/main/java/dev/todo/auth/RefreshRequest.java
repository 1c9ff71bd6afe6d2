package dev.todo.auth;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request body for refreshing, for clients without cookies. */
@Schema(name = "RefreshToken", description = "The refresh token, if it is not sent as a cookie")
record RefreshRequest(
        @Schema(examples = "AZltXnoQfD-dHApbjzwuEQAAAAP1terRxXBacA2T1UR5QnJtHg4gk1qYq0m8Zr2ssWfLAg")
        String refreshToken) {

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "RefreshRequest";
    }
}
