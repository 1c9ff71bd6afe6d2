package dev.todo.http.problem;

/** Refusals that HTTP itself knows, by their status. */
public final class HttpRefusals {

    private HttpRefusals() {}

    public static Refusal of(int status) {
        return switch (status) {
            case 400 -> Refusal.malformed("The request cannot be read.");
            case 401 -> Refusal.unauthenticated();
            case 404 -> Refusal.notFound();
            case 405 -> new Refusal(405, "method_not_allowed", "This path does not know that method.");
            case 406 -> new Refusal(406, "not_acceptable", "None of the accepted media types can be given.");
            case 408 -> new Refusal(408, "request_timeout", "The request arrived too slowly.");
            case 413 -> new Refusal(413, "content_too_large", "The body is larger than is accepted here.");
            case 415 -> new Refusal(415, "unsupported_media_type", "The body's media type is not accepted here.");
            case 414 -> new Refusal(414, "uri_too_long", "The request line is too long.");
            case 417 -> new Refusal(417, "expectation_failed", "Only 100-continue can be expected here.");
            case 431 -> new Refusal(431, "headers_too_large", "The headers are too large.");
            default ->
                status < 500
                        ? new Refusal(status, "refused", "The request was refused.")
                        : new Refusal(500, "internal_error", "Something went wrong here; it has been logged.");
        };
    }
}
