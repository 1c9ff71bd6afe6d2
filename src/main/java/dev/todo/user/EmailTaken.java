package dev.todo.user;

import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.FieldError;
import dev.todo.http.problem.Refusal;
import java.util.List;

/** 409: an account with this e-mail address already exists. */
public class EmailTaken extends Refusal {

    EmailTaken() {
        super(
                ErrorCode.EMAIL_TAKEN,
                "An account with this e-mail address already exists.",
                List.of(new FieldError("email", "is already taken")));
    }
}
