package dev.todo.http.problem;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An invalid field or query parameter, and what is expected of it. */
@Schema(description = "What is wrong with a field or query parameter")
public record FieldError(
        @Schema(examples = "email") String field,

        @Schema(examples = "must be an e-mail address") String message) {}
