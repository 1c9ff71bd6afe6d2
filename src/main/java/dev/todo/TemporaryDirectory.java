package dev.todo;

import dev.todo.config.InvalidSetting;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checks that the directory where Vert.x unpacks the files it serves is writable; Vert.x itself fails with a stack
 * trace.
 */
public final class TemporaryDirectory {

    private static final String PROPERTY = "java.io.tmpdir";

    private TemporaryDirectory() {}

    public static void require() {
        var directory = System.getProperty(PROPERTY);
        if (!Files.isWritable(Path.of(directory))) {
            throw new InvalidSetting(PROPERTY, "is " + directory + ", which is not writable");
        }
    }
}
