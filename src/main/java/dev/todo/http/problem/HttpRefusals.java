package dev.todo.http.problem;

import java.util.List;

/** The refusals for HTTP's own errors, by status. */
public final class HttpRefusals {

    private HttpRefusals() {}

    public static Refusal of(int status) {
        return switch (status) {
            case 400 -> Refusal.malformed("The request is malformed.");
            case 401 -> Refusal.unauthenticated();
            case 404 -> Refusal.notFound();
            case 405 -> new Refusal(ErrorCode.METHOD_NOT_ALLOWED, "This path does not support the request method.");
            case 406 -> new Refusal(ErrorCode.NOT_ACCEPTABLE, "None of the media types in `Accept` is available here.");
            case 408 -> new Refusal(ErrorCode.REQUEST_TIMEOUT, "The request took too long to arrive.");
            case 413 -> new Refusal(ErrorCode.CONTENT_TOO_LARGE, "The request body is too large.");
            case 415 ->
                new Refusal(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The `Content-Type` of the request is not supported here.");
            case 414 -> new Refusal(ErrorCode.URI_TOO_LONG, "The request line is too long.");
            case 417 -> new Refusal(ErrorCode.EXPECTATION_FAILED, "`Expect` supports only `100-continue`.");
            case 431 -> new Refusal(ErrorCode.HEADERS_TOO_LARGE, "The request headers are too large.");
            default ->
                status < 500
                        ? new Refusal(status, ErrorCode.REFUSED, "The request was rejected.", List.of())
                        : new Refusal(
                                ErrorCode.INTERNAL_ERROR,
                                "An unexpected error occurred. If it persists, report it with"
                                        + " the `X-Request-ID` of this response.");
        };
    }
}
