package dev.todo.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class MigrationCheckTest {

    @Test
    void checks_for_the_newest_migration_at_start() throws Exception {
        try (var files = Files.list(Path.of("src/main/resources/db/migration"))) {
            var newest = files.map(file -> file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"))
                    .max(Comparator.comparing(Integer::valueOf));

            assertEquals(MigrationCheck.NEWEST_MIGRATION, newest.orElseThrow());
        }
    }
}
