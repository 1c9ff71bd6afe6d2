package dev.todo.http.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of every error: problem details (RFC 9457) with a stable {@code code} for machines. Its media type is always
 * {@code application/problem+json}, whatever the request accepts.
 */
@Schema(description = "Problem details (RFC 9457)")
public record Problem(
        @Schema(examples = "about:blank", description = "Always `about:blank`; use `code` to tell problems apart")
        String type,

        @Schema(examples = "Unprocessable Content", description = "The reason phrase of the status")
        String title,

        @Schema(examples = "422") int status,

        @Schema(
                examples = "`email` must be an e-mail address.",
                description = "What is wrong, for people; the wording may change")
        String detail,

        @Schema(examples = "/tasks", description = "The path of the request")
        String instance,

        @Schema(
                examples = "validation_failed",
                description = "What is wrong, for programs; a code never changes its meaning. New ones may be added")
        String code,

        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Schema(description = "One entry for each invalid field or parameter")
        List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(Refusal refusal, String instance) {
        var status = refusal.status();
        return new Problem(
                "about:blank",
                StatusTitles.of(status),
                status,
                refusal.getMessage(),
                instance,
                refusal.code().label,
                refusal.errors());
    }
}
