package dev.todo.auth;

import dev.todo.http.problem.Refusal;

/** Unknown address, wrong password or disabled user: the answer does not tell which. */
class InvalidCredentials extends Refusal {

    InvalidCredentials() {
        super(401, "invalid_credentials", "Incorrect e-mail address or password.");
        with("WWW-Authenticate", "Bearer");
    }
}
