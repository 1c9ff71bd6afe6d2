package dev.todo.user;

import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;

/** 409: at least one enabled administrator must remain. */
public class LastAdmin extends Refusal {

    LastAdmin() {
        super(
                ErrorCode.LAST_ADMIN,
                "This is the last enabled administrator. Make another user an administrator first.");
    }
}
