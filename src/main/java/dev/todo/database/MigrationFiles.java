package dev.todo.database;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** The files in db/migration. The native executable lists them at build time. */
final class MigrationFiles {

    private static final Pattern NAME = Pattern.compile(".*\\bV(\\d+)__.*\\.sql");

    /** The highest version. */
    static final int NEWEST = newest();

    private MigrationFiles() {}

    private static int newest() {
        try {
            var directory = MigrationFiles.class.getResource("/db/migration").openConnection();
            if (directory instanceof JarURLConnection inJar) {
                inJar.setUseCaches(false);
                try (var jar = inJar.getJarFile()) {
                    return newest(jar.stream().map(ZipEntry::getName));
                }
            }
            try (var files = Files.list(Path.of(directory.getURL().toURI()))) {
                return newest(files.map(Path::toString));
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("Cannot list the migrations", e);
        }
    }

    private static int newest(Stream<String> names) {
        return names.map(NAME::matcher)
                .filter(Matcher::matches)
                .mapToInt(name -> Integer.parseInt(name.group(1)))
                .max()
                .orElseThrow();
    }
}
