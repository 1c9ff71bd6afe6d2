package dev.todo.task.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** The rows of a file, one after the other, as JSON objects. */
interface Rows {

    /** Nothing at the end; {@link dev.todo.http.problem.Refusal} or JsonProcessingException for what is no row. */
    Optional<ObjectNode> next() throws IOException;
}
