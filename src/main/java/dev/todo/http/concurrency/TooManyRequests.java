package dev.todo.http.concurrency;

import dev.todo.http.problem.Refusal;

/** 429: the user has as much under way here as one user may have. */
public class TooManyRequests extends Refusal {

    public TooManyRequests(String detail) {
        super(429, "too_many_requests", detail);
        with("Retry-After", "1");
    }
}
