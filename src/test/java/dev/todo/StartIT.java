package dev.todo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is deployed says in one line why it cannot start. */
class StartIT {

    private static final String SECRET = "s3cret-of-32-bytes-0123456789abc";
    private static final String URL = "postgresql://todo:s3cret@localhost:5432/todo";

    static Stream<Arguments> bad_settings() {
        return Stream.of(
                Arguments.of("JWT_SECRET", Map.of("DATABASE_URL", URL)),
                Arguments.of("JWT_SECRET", Map.of("DATABASE_URL", URL, "JWT_SECRET", SECRET.substring(1))),
                Arguments.of("DATABASE_URL", Map.of("JWT_SECRET", SECRET)),
                Arguments.of("DATABASE_URL", Map.of("JWT_SECRET", SECRET, "DATABASE_URL", "s3cret")),
                Arguments.of("DATABASE_URL", Map.of("JWT_SECRET", SECRET, "DATABASE_URL", "mysql://u:s3cret@h/d")),
                Arguments.of(
                        "DATABASE_DIRECT_URL",
                        Map.of("JWT_SECRET", SECRET, "DATABASE_URL", URL, "DATABASE_DIRECT_URL", "s3cret")),
                Arguments.of("PORT", Map.of("JWT_SECRET", SECRET, "DATABASE_URL", URL, "PORT", "web")),
                Arguments.of("BCRYPT_COST", Map.of("JWT_SECRET", SECRET, "DATABASE_URL", URL, "BCRYPT_COST", "4")));
    }

    @ParameterizedTest
    @MethodSource("bad_settings")
    void a_bad_setting_ends_the_start_with_one_line_that_names_it(String variable, Map<String, String> environment)
            throws Exception {
        var process = started(environment);
        try {
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it should have ended");
            var output = new String(process.getInputStream().readAllBytes());
            var errors = new String(process.getErrorStream().readAllBytes());

            assertNotEquals(0, process.exitValue());
            assertEquals("", output);
            assertEquals(1, errors.lines().count(), errors);
            assertTrue(errors.contains(" " + variable + " "), errors);
            assertFalse(errors.contains("s3cret"), errors);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process started(Map<String, String> environment) throws IOException {
        var executable = Path.of("target/todo-service-runner");
        var command = Files.isExecutable(executable) && System.getProperty("native.image.path") != null
                ? List.of(executable.toString())
                : List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-jar",
                        "target/quarkus-app/quarkus-run.jar");
        var builder = new ProcessBuilder(command);
        var inherited = new HashMap<>(builder.environment());
        builder.environment().clear();
        builder.environment().put("PATH", inherited.getOrDefault("PATH", ""));
        builder.environment().putAll(environment);
        return builder.start();
    }
}
