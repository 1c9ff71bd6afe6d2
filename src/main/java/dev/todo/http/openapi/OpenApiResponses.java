package dev.todo.http.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createAPIResponse;
import static org.eclipse.microprofile.openapi.OASFactory.createContent;
import static org.eclipse.microprofile.openapi.OASFactory.createHeader;
import static org.eclipse.microprofile.openapi.OASFactory.createMediaType;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.todo.http.problem.Problem;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Responses that many calls have in common. */
final class OpenApiResponses {

    /** What the problems of each status mean. */
    static final Map<Integer, String> PROBLEMS = new TreeMap<>(Map.ofEntries(
            Map.entry(400, "The request is malformed: invalid JSON, a wrong JSON type or an invalid query parameter"),
            Map.entry(401, "The token is missing or invalid"),
            Map.entry(403, "You do not have permission to do this"),
            Map.entry(404, "There is no such resource, or it is not yours"),
            Map.entry(406, "None of the media types in `Accept` is available"),
            Map.entry(409, "Conflicts with the current state, for example with another request in progress"),
            Map.entry(412, "`If-Match` does not match the current version"),
            Map.entry(413, "The request body is too large"),
            Map.entry(415, "The `Content-Type` is not supported"),
            Map.entry(422, "Some fields are invalid; see `errors`"),
            Map.entry(429, "Too many attempts or requests. Try again after `Retry-After`"),
            Map.entry(503, "The service is overloaded or the database is unavailable. Try again after `Retry-After`")));

    private OpenApiResponses() {}

    static APIResponse notModified() {
        var response = createAPIResponse().description("You already have the current version");
        addRequestId(response);
        return response.addHeader(HttpHeaders.ETAG, header("The version"));
    }

    static APIResponse problem(int status, String meaning) {
        var response = createAPIResponse().description(meaning).content(problemContent());
        addRequestId(response);
        switch (status) {
            case 401 ->
                response.addHeader(
                        "WWW-Authenticate", header("`Bearer`, with `error=\"invalid_token\"` if a token was sent"));
            case 409 -> response.addHeader("Retry-After", header("Seconds to wait, if waiting helps"));
            case 429, 503 -> response.addHeader("Retry-After", header("Seconds to wait"));
            default -> {}
        }
        return response;
    }

    static Content problemContent() {
        return createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        createMediaType().schema(createSchema().ref("#/components/schemas/Problem")));
    }

    static void addRequestId(APIResponse response) {
        if (response.getRef() == null) {
            response.addHeader("X-Request-ID", header("The request's id: the one you sent, if valid, or a new one"));
        }
    }

    static Header header(String description) {
        return createHeader().description(description).schema(createSchema().addType(SchemaType.STRING));
    }
}
