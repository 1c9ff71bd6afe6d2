package dev.todo.auth.session;

import dev.todo.http.problem.Refusal;

/** 401: no refresh token, or one that is unknown, over, or came back after it was spent. */
public class InvalidRefreshToken extends Refusal {

    public InvalidRefreshToken() {
        super(
                401,
                "invalid_refresh_token",
                "The refresh token is missing or invalid, or the session has ended. Log in again.");
        with("WWW-Authenticate", "Bearer");
    }
}
