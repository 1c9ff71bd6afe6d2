package dev.todo.http.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;

/** Applies JSON merge patches (RFC 7396) to records whose constructors replace null with the member's default. */
@Singleton
public class MergePatch {

    private final ObjectMapper json;
    private final JsonRecordReader bodies;

    MergePatch(ObjectMapper json, JsonRecordReader bodies) {
        this.json = json;
        this.bodies = bodies;
    }

    /** Returns the patched record. If it is not valid, the request is rejected as if the whole record had been sent. */
    @SuppressWarnings("unchecked")
    public <T extends Record> T apply(ObjectNode patch, T current) {
        return (T) bodies.read(json.<ObjectNode>valueToTree(current).setAll(patch), current.getClass());
    }
}
