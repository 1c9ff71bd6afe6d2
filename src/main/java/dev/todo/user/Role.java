package dev.todo.user;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.json.JsonStringDeserializer;
import jakarta.persistence.EnumeratedValue;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user's role. The names are the same in the API, the database and {@code @RolesAllowed}. */
@JsonDeserialize(using = Role.FromJson.class)
@Schema(enumeration = {Role.Names.USER, Role.Names.ADMIN})
public enum Role {
    USER(Role.Names.USER),
    ADMIN(Role.Names.ADMIN);

    /** For annotations, which only accept constants. */
    public static final class Names {
        public static final String USER = "user";
        public static final String ADMIN = "admin";

        private Names() {}
    }

    @EnumeratedValue
    @JsonValue
    public final String label;

    Role(String label) {
        this.label = label;
    }

    public static Role of(String label) {
        return Arrays.stream(values())
                .filter(role -> role.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be user or admin"));
    }

    static class FromJson extends JsonStringDeserializer<Role> {
        FromJson() {
            super(Role.class, Role::of);
        }
    }
}
