package dev.todo.auth.ratelimit;

import dev.todo.http.problem.ErrorCode;
import dev.todo.http.problem.Refusal;

/** 429: the limit is reached, whether or not the account or session exists. */
class TooManyAttempts extends Refusal {

    TooManyAttempts(long retryAfterSeconds) {
        super(ErrorCode.TOO_MANY_ATTEMPTS, "Too many attempts. Try again in " + inWords(retryAfterSeconds) + ".");
        with("Retry-After", String.valueOf(retryAfterSeconds));
    }

    private static String inWords(long seconds) {
        return seconds < 120 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
    }
}
