package dev.todo.task.transfer;

import dev.todo.http.problem.FieldError;
import dev.todo.http.problem.Refusal;

/** Rejects an import because of one row. Rows are counted from 1. */
class InvalidRow extends Refusal {

    InvalidRow(long number, Refusal cause) {
        super(
                cause.code(),
                "Row " + number + ": " + (cause.errors().isEmpty() ? cause.getMessage() : "Some fields are invalid.")
                        + " Nothing was imported.",
                cause.errors().stream()
                        .map(error -> new FieldError(field(number, error), error.message()))
                        .toList());
    }

    private static String field(long number, FieldError error) {
        return "row[" + number + "]" + (error.field().isEmpty() ? "" : "." + error.field());
    }
}
