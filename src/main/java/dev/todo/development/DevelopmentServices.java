package dev.todo.development;

import java.nio.file.Path;

/**
 * What dev mode starts before the service. Found by ServiceLoader, because its implementation needs libraries that are not
 * in what is deployed, and that the native build must not look for.
 */
public interface DevelopmentServices {

    /** Sets the system properties DATABASE_URL and JWT_SECRET, each unless it is given; what they need is kept at home. */
    void startUnlessConfigured(Path home);
}
