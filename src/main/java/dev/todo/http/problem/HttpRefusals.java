package dev.todo.http.problem;

/** The refusals for HTTP's own errors, by status. */
public final class HttpRefusals {

    private HttpRefusals() {}

    public static Refusal of(int status) {
        return switch (status) {
            case 400 -> Refusal.malformed("The request is malformed.");
            case 401 -> Refusal.unauthenticated();
            case 404 -> Refusal.notFound();
            case 405 -> new Refusal(405, "method_not_allowed", "This path does not support the request method.");
            case 406 -> new Refusal(406, "not_acceptable", "None of the media types in `Accept` is available here.");
            case 408 -> new Refusal(408, "request_timeout", "The request took too long to arrive.");
            case 413 -> new Refusal(413, "content_too_large", "The request body is too large.");
            case 415 ->
                new Refusal(415, "unsupported_media_type", "The `Content-Type` of the request is not supported here.");
            case 414 -> new Refusal(414, "uri_too_long", "The request line is too long.");
            case 417 -> new Refusal(417, "expectation_failed", "`Expect` supports only `100-continue`.");
            case 431 -> new Refusal(431, "headers_too_large", "The request headers are too large.");
            default ->
                status < 500
                        ? new Refusal(status, "refused", "The request was rejected.")
                        : new Refusal(
                                500,
                                "internal_error",
                                "An unexpected error occurred. If it persists, report it with"
                                        + " the `X-Request-ID` of this response.");
        };
    }
}
