package dev.todo.http.concurrency;

import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;

/** 429: the user already has the maximum number of these in progress on this replica. */
public class TooManyRequests extends Refusal {

    public TooManyRequests(String detail) {
        super(ErrorCode.TOO_MANY_REQUESTS, detail);
        with("Retry-After", "1");
    }
}
