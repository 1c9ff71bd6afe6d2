package dev.todo.auth.session;

import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;

/** 401: the refresh token is missing, unknown, expired or reused. */
public class InvalidRefreshToken extends Refusal {

    public InvalidRefreshToken() {
        super(
                ErrorCode.INVALID_REFRESH_TOKEN,
                "The refresh token is missing or invalid, or the session has ended. Log in again.");
        with("WWW-Authenticate", "Bearer");
    }
}
