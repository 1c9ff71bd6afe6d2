package dev.todo.account;

import dev.todo.http.problem.Refusal;

/** 403: the caller is known, but the password that was asked for once more is not theirs. */
class WrongPassword extends Refusal {

    WrongPassword() {
        super(403, "wrong_password", "Incorrect password.");
    }
}
