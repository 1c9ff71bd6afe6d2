package dev.todo.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.todo.problem.UnreadableJson;
import dev.todo.problem.Violations;
import jakarta.inject.Singleton;
import jakarta.validation.Validator;

/** Applies JSON merge patches (RFC 7396) to records whose constructors turn null into the member's default. */
@Singleton
public class MergePatch {

    private final ObjectMapper json;
    private final Validator validator;

    MergePatch(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** The record after the patch, valid; otherwise the request is refused as if the whole had been sent. */
    public <T extends Record> T apply(ObjectNode patch, T current) {
        var merged = json.<ObjectNode>valueToTree(current).setAll(patch);
        try {
            @SuppressWarnings("unchecked")
            var patched = (T) json.treeToValue(merged, current.getClass());
            Violations.refuse(validator.validate(patched));
            return patched;
        } catch (JsonProcessingException e) {
            throw UnreadableJson.refusal(e);
        }
    }
}
