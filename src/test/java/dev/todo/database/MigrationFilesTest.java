package dev.todo.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MigrationFilesTest {

    @Test
    void finds_the_newest_migration() throws Exception {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            var newest = files.map(file -> file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"))
                    .mapToInt(Integer::valueOf)
                    .max();

            assertEquals(newest.orElseThrow(), MigrationFiles.NEWEST);
        }
    }
}
