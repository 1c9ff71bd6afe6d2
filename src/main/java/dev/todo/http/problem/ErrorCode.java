package dev.todo.http.problem;

import java.util.Locale;

/** The codes of all errors, by status. Problem documents have a code's name in lower case, and it never changes. */
public enum ErrorCode {
    MALFORMED_REQUEST(400),
    INVALID_PARAMETER(400),
    UNAUTHORIZED(401),
    INVALID_CREDENTIALS(401),
    INVALID_REFRESH_TOKEN(401),
    FORBIDDEN(403),
    WRONG_PASSWORD(403),
    INSUFFICIENT_SCOPE(403),
    FOREIGN_ORIGIN(403),
    NOT_FOUND(404),
    METHOD_NOT_ALLOWED(405),
    NOT_ACCEPTABLE(406),
    REQUEST_TIMEOUT(408),
    EMAIL_TAKEN(409),
    LAST_ADMIN(409),
    TOO_MANY_TOKENS(409),
    TOO_MANY_TASKS(409),
    IDEMPOTENCY_IN_PROGRESS(409),
    PRECONDITION_FAILED(412),
    CONTENT_TOO_LARGE(413),
    URI_TOO_LONG(414),
    UNSUPPORTED_MEDIA_TYPE(415),
    EXPECTATION_FAILED(417),
    VALIDATION_FAILED(422),
    IDEMPOTENCY_KEY_REUSED(422),
    TOO_MANY_ATTEMPTS(429),
    TOO_MANY_REQUESTS(429),
    HEADERS_TOO_LARGE(431),
    INTERNAL_ERROR(500),
    UNAVAILABLE(503),

    /** Any other 4xx; {@link HttpRefusals} keeps its status. */
    REFUSED(400);

    public final int status;

    /** The code as clients see it. */
    public final String label = name().toLowerCase(Locale.ROOT);

    ErrorCode(int status) {
        this.status = status;
    }
}
