package dev.todo.http.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.todo.digest.Sha256;
import dev.todo.http.problem.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A request that its client can safely retry.
 *
 * @param operation the name of the operation; each has its own keys
 * @param bodyHash equal if two requests have the same body
 */
public record IdempotentRequest(UUID user, String operation, String key, String bodyHash) {

    public static final String HEADER = "Idempotency-Key";

    private static final Pattern WELL_FORMED = Pattern.compile("[!-~]{1,255}");
    private static final JsonMapper SORTED =
            JsonMapper.builder().enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED).build();

    /** Empty if the request has no key; throws 400 if the key is malformed. Bodies are compared as JSON. */
    public static Optional<IdempotentRequest> of(HttpHeaders headers, UUID user, String operation, JsonNode body) {
        return key(headers).map(key -> new IdempotentRequest(user, operation, key, hash(canonical(body))));
    }

    /** As above, but the body is compared byte by byte. */
    public static Optional<IdempotentRequest> of(HttpHeaders headers, UUID user, String operation, byte[] body) {
        return key(headers).map(key -> new IdempotentRequest(user, operation, key, hash(body)));
    }

    private static Optional<String> key(HttpHeaders headers) {
        var lines = headers.getRequestHeader(HEADER);
        if (lines == null || lines.isEmpty()) {
            return Optional.empty();
        }
        if (lines.size() > 1 || !WELL_FORMED.matcher(lines.get(0)).matches()) {
            throw Refusal.malformed(
                    "`Idempotency-Key` must be sent only once and have 1 to 255 visible ASCII characters.");
        }
        return Optional.of(lines.get(0));
    }

    /** Returns the same bytes for equal JSON, regardless of the order of members and of white space. */
    public static byte[] canonical(JsonNode body) {
        try {
            return SORTED.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hash(byte[] body) {
        return HexFormat.of().formatHex(Sha256.of(body));
    }
}
