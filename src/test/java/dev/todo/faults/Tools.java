package dev.todo.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs from Debian packages. Without the program, a test is skipped, or fails in CI. */
final class Tools {

    private Tools() {}

    static Path find(String program) {
        var found = Stream.of("/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin")
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && System.getenv("CI") != null) {
            throw new IllegalStateException(program + " is missing");
        }
        assumeTrue(found.isPresent(), program + " is missing");
        return found.get();
    }
}
