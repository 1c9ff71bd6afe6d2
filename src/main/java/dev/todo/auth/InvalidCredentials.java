package dev.todo.auth;

import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;

/** 401: unknown address, wrong password or disabled user. The response does not say which. */
class InvalidCredentials extends Refusal {

    InvalidCredentials() {
        super(ErrorCode.INVALID_CREDENTIALS, "Incorrect e-mail address or password.");
        with("WWW-Authenticate", "Bearer");
    }
}
