package dev.todo.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The one error body: problem details (RFC 9457) with a stable {@code code} for machines. It is sent as {@code
 * application/problem+json}, whatever the request accepts.
 */
@Schema(description = "Problem details (RFC 9457)")
public record Problem(
        @Schema(examples = "about:blank", description = "Always about:blank; `code` tells problems apart")
        String type,

        @Schema(examples = "Unprocessable Content", description = "The status in words")
        String title,

        @Schema(examples = "422") int status,

        @Schema(examples = "The request has invalid members.", description = "What is wrong, for people")
        String detail,

        @Schema(examples = "/tasks", description = "The path of the request")
        String instance,

        @Schema(examples = "validation_failed", description = "What is wrong, for machines; does not change")
        String code,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Schema(description = "One entry for each member that is wrong")
        List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** A member of the request, or a query parameter, and what it must be. */
    @Schema(description = "What is wrong with one member of the request")
    public record FieldError(
            @Schema(examples = "email") String field,
            @Schema(examples = "must be an e-mail address") String message) {}

    public static Problem of(Refusal refusal, String instance) {
        var status = refusal.status();
        return new Problem(
                "about:blank",
                Titles.of(status),
                status,
                refusal.getMessage(),
                instance,
                refusal.code(),
                refusal.errors());
    }
}
