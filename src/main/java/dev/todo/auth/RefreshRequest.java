package dev.todo.auth;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Request body for refreshing, for clients without cookies. */
@Schema(description = "The refresh token, if it is not sent as a cookie")
record RefreshRequest(
        @Schema(examples = "9bXq0cVw1nBPdUeTQ3JYtHc4gk1pYq0m8Zr2sWfLxA0")
        String refreshToken) {

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "RefreshRequest";
    }
}
