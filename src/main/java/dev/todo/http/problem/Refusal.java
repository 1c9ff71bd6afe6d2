package dev.todo.http.problem;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rejects a request with a problem document. Features throw named subclasses or one of these. */
public class Refusal extends RuntimeException {

    /** The attribute of an identity with the 403 refusal to use when it lacks permission. */
    public static final String WHEN_FORBIDDEN = "refusal";

    private final int status;
    private final ErrorCode code;
    private final List<FieldError> errors;
    private final Map<String, String> headers = new LinkedHashMap<>();

    Refusal(int status, ErrorCode code, String detail, List<FieldError> errors) {
        // No stack trace: it is a response, not a fault.
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = errors;
    }

    public Refusal(ErrorCode code, String detail, List<FieldError> errors) {
        this(code.status, code, detail, errors);
    }

    public Refusal(ErrorCode code, String detail) {
        this(code, detail, List.of());
    }

    /** 400: the request cannot be read. */
    public static Refusal malformed(String detail) {
        return new Refusal(ErrorCode.MALFORMED_REQUEST, detail);
    }

    /** 400: a query parameter is unknown, repeated or invalid. */
    public static Refusal badParameter(String name, String message) {
        return new Refusal(
                ErrorCode.INVALID_PARAMETER,
                "The query parameter `" + name + "` " + message + ".",
                List.of(new FieldError(name, message)));
    }

    /** 401: the caller is not known. */
    public static Refusal unauthenticated() {
        return new Refusal(ErrorCode.UNAUTHORIZED, "A valid access token is required.")
                .with("WWW-Authenticate", "Bearer");
    }

    /** 403: the caller is known but not allowed to do this. */
    static Refusal forbidden() {
        return new Refusal(ErrorCode.FORBIDDEN, "You do not have permission to do this.");
    }

    /** 404: does not exist, or is not the caller's; the two are indistinguishable. */
    public static Refusal notFound() {
        return new Refusal(ErrorCode.NOT_FOUND, "Not found.");
    }

    /** 412: the resource is not in the state that the request requires. */
    public static Refusal preconditionFailed() {
        return new Refusal(
                ErrorCode.PRECONDITION_FAILED,
                "`If-Match` does not match the current version. Fetch it again and retry.");
    }

    /** 422: the request is readable, but fields are invalid. */
    public static Refusal invalid(List<FieldError> errors) {
        return new Refusal(ErrorCode.VALIDATION_FAILED, detail(errors), errors);
    }

    private static String detail(List<FieldError> errors) {
        var first = errors.get(0);
        return errors.size() == 1 && !first.field().isEmpty()
                ? "`" + first.field() + "` " + first.message() + "."
                : "Some fields are invalid. See `errors`.";
    }

    public static Refusal invalid(String field, String message) {
        return invalid(List.of(new FieldError(field, message)));
    }

    /** 503: try again after the given number of seconds. */
    public static Refusal unavailable(String detail, int retryAfterSeconds) {
        return new Refusal(ErrorCode.UNAVAILABLE, detail).with("Retry-After", String.valueOf(retryAfterSeconds));
    }

    public Refusal with(String header, String value) {
        headers.put(header, value);
        return this;
    }

    public int status() {
        return status;
    }

    public ErrorCode code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }

    public Map<String, String> headers() {
        return headers;
    }
}
