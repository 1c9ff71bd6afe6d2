package dev.todo.user;

import dev.todo.http.problem.Refusal;

/** 409: at least one enabled administrator must remain. */
public class LastAdmin extends Refusal {

    LastAdmin() {
        super(409, "last_admin", "This is the last enabled administrator. Make another user an administrator first.");
    }
}
