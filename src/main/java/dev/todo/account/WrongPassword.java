package dev.todo.account;

import dev.todo.http.problem.Refusal;

/** 403: the caller is authenticated, but the password given as confirmation is wrong. */
class WrongPassword extends Refusal {

    WrongPassword() {
        super(403, "wrong_password", "Incorrect password.");
    }
}
