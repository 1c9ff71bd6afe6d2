package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** The rows of a file, one by one, as JSON objects. */
interface Rows {

    /**
     * Returns the next row; empty at the end. Throws {@link dev.todo.http.problem.Refusal} or JsonProcessingException
     * if it is not a row.
     */
    Optional<ObjectNode> next() throws IOException;
}
