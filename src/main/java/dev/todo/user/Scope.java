package dev.todo.user;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.todo.http.json.JsonStringDeserializer;
import java.util.Arrays;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a personal API token may do (RFC 6749, section 3.3). Sessions have both scopes; neither includes the other. */
@JsonDeserialize(using = Scope.FromJson.class)
@Schema(enumeration = {Scope.Names.READ_TASKS, Scope.Names.WRITE_TASKS})
public enum Scope {
    READ_TASKS(Scope.Names.READ_TASKS),
    WRITE_TASKS(Scope.Names.WRITE_TASKS);

    /** For annotations, which only accept constants. */
    public static final class Names {
        public static final String READ_TASKS = "tasks:read";
        public static final String WRITE_TASKS = "tasks:write";

        private Names() {}
    }

    @JsonValue
    public final String label;

    Scope(String label) {
        this.label = label;
    }

    public static Scope of(String label) {
        return Arrays.stream(values())
                .filter(scope -> scope.label.equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be tasks:read or tasks:write"));
    }

    static class FromJson extends JsonStringDeserializer<Scope> {
        FromJson() {
            super(Scope.class, Scope::of);
        }
    }
}
