package dev.todo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The packaged service explains in one line why it cannot start. */
class StartIT {

    private static final String SECRET = "s3cret-of-32-bytes-0123456789abc";
    private static final String URL = "postgresql://todo:s3cret@localhost:5432/todo";

    static Stream<Arguments> invalidSettings() {
        return Stream.of(
                Arguments.of("JWT_SECRET", Map.of("DATABASE_URL", URL)),
                Arguments.of("JWT_SECRET", Map.of("DATABASE_URL", URL, "JWT_SECRET", SECRET.substring(1))),
                Arguments.of("DATABASE_URL", Map.of("JWT_SECRET", SECRET)),
                Arguments.of("DATABASE_URL", Map.of("JWT_SECRET", SECRET, "DATABASE_URL", "s3cret")),
                Arguments.of("DATABASE_URL", Map.of("JWT_SECRET", SECRET, "DATABASE_URL", "mysql://u:s3cret@h/d")),
                Arguments.of(
                        "DATABASE_DIRECT_URL",
                        Map.of("JWT_SECRET", SECRET, "DATABASE_URL", URL, "DATABASE_DIRECT_URL", "s3cret")),
                Arguments.of(
                        "PUBLIC_URL",
                        Map.of("JWT_SECRET", SECRET, "DATABASE_URL", URL, "PUBLIC_URL", "https://ada:s3cret@host")),
                Arguments.of("PORT", Map.of("JWT_SECRET", SECRET, "DATABASE_URL", URL, "PORT", "web")),
                Arguments.of("BCRYPT_COST", Map.of("JWT_SECRET", SECRET, "DATABASE_URL", URL, "BCRYPT_COST", "4")));
    }

    @ParameterizedTest
    @MethodSource("invalidSettings")
    void an_invalid_setting_stops_startup_with_one_line_that_names_it(String variable, Map<String, String> environment)
            throws Exception {
        assertEndsWithOneLineThatNames(variable, PackagedService.builder(environment));
    }

    @Test
    void an_unwritable_temporary_directory_stops_startup_with_one_line_that_names_it() throws Exception {
        var service = PackagedService.builder(
                Map.of("JWT_SECRET", SECRET, "DATABASE_URL", URL), List.of("-Djava.io.tmpdir=/missing"));

        assertEndsWithOneLineThatNames("/missing,", service);
    }

    private static void assertEndsWithOneLineThatNames(String what, ProcessBuilder service) throws Exception {
        var line = FailedStart.line(service);

        assertTrue(line.contains(" " + what + " "), line);
        assertFalse(line.contains("s3cret"), line);
    }
}
