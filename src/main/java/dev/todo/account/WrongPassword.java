package dev.todo.account;

import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;

/** 403: the caller is authenticated, but the password given as confirmation is wrong. */
class WrongPassword extends Refusal {

    WrongPassword() {
        super(ErrorCode.WRONG_PASSWORD, "Incorrect password.");
    }
}
