package dev.todo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** On macOS and Windows, a checkout keeps only one of two files whose paths differ only in case. */
class PathsTest {

    /** Untracked or third-party. */
    private static final Set<String> SKIPPED = Set.of(".dev", ".git", "node_modules", "target");

    @Test
    void no_two_paths_differ_only_in_case() throws IOException {
        var clashes = paths(Path.of("."))
                .collect(Collectors.groupingBy(path -> path.toString().toLowerCase(Locale.ROOT)))
                .values()
                .stream()
                .filter(same -> same.size() > 1)
                .toList();

        assertEquals(List.of(), clashes);
    }

    /** The files and directories below a directory, without those that are not ours. */
    static Stream<Path> paths(Path directory) throws IOException {
        var below = Stream.<Path>builder();
        try (var entries = Files.list(directory)) {
            for (var entry : entries.toList()) {
                if (!SKIPPED.contains(entry.getFileName().toString())) {
                    below.add(entry);
                    if (Files.isDirectory(entry)) {
                        paths(entry).forEach(below::add);
                    }
                }
            }
        }
        return below.build();
    }
}
