package dev.todo;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** Runs the service with PUBLIC_URL=https://host.example.com/todo. */
public final class UnderPath implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("todo.public-url", "https://host.example.com/todo");
    }
}
