package dev.todo;

import dev.todo.config.InvalidSetting;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where Vert.x unpacks the files that it serves; it would say in a stack trace that it cannot. */
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
