package dev.todo.development;

import java.nio.file.Path;

/**
 * Services that dev mode starts before the application. Loaded by ServiceLoader, because the implementation needs
 * libraries that are not deployed and that the native build must not look for.
 */
public interface DevelopmentServices {

    /**
     * Sets the system properties DATABASE_URL and JWT_SECRET unless they are set; stores what they need in
     * {@code home}.
     */
    void startUnlessConfigured(Path home);
}
