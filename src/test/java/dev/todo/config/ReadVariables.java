package dev.todo.config;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The environment variables that the service reads, and its properties if only the required ones are set. */
public record ReadVariables(Set<String> names, Map<String, String> properties) {

    private static final Map<String, String> REQUIRED =
            Map.of("DATABASE_URL", "postgresql://user@host/database", "JWT_SECRET", "x".repeat(32));

    public static ReadVariables recorded() {
        var names = new TreeSet<String>();
        var properties = new Environment(name -> {
                    names.add(name);
                    return REQUIRED.get(name);
                })
                .properties();
        return new ReadVariables(names, properties);
    }
}
