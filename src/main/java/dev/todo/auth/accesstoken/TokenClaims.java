package dev.todo.auth.accesstoken;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;

/** The claims of a JWT (RFC 7519, section 4.1). Reading one of the wrong type throws IllegalArgumentException. */
record TokenClaims(JsonNode json) {

    /** The end of the year 9999, the last that RFC 3339 can represent. */
    private static final long LAST_SECOND = 253_402_300_799L;

    String text(String name) {
        var value = json.path(name);
        if (!value.isTextual()) {
            throw new IllegalArgumentException(name + " is not a string");
        }
        return value.textValue();
    }

    /** A UUID in its canonical form (RFC 9562, section 4), in lower case. */
    UUID uuid(String name) {
        var text = text(name);
        var uuid = UUID.fromString(text);
        if (!uuid.toString().equals(text)) {
            throw new IllegalArgumentException(name + " is not a canonical UUID");
        }
        return uuid;
    }

    /** A NumericDate: seconds since 1970, possibly with a fraction. */
    double time(String name) {
        var value = json.path(name);
        if (!value.isNumber() || !(value.doubleValue() >= 0 && value.doubleValue() <= LAST_SECOND)) {
            throw new IllegalArgumentException(name + " is not a time");
        }
        return value.doubleValue();
    }

    /** Like {@link #time(String)}, but returns the default if there is no such claim. */
    double time(String name, double defaultValue) {
        return json.has(name) ? time(name) : defaultValue;
    }

    /** For SmallRye, which requires the subject. */
    JwtClaims subject() {
        var claims = new JwtClaims();
        claims.setSubject(text("sub"));
        return claims;
    }
}
