package dev.todo.http.problem;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A member of the request, or a query parameter, and what it must be. */
@Schema(description = "What is wrong with a field or query parameter")
public record FieldError(
        @Schema(required = true, examples = "email") String field,

        @Schema(required = true, examples = "must be an e-mail address")
        String message) {}
