package dev.todo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;

/** The start of a service that fails at once. */
public final class FailedStart {

    private FailedStart() {}

    /** The one line with which the service explains why it cannot start. */
    public static String line(ProcessBuilder service) throws Exception {
        var process = service.start();
        try {
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "still running");
            var output = new String(process.getInputStream().readAllBytes());
            var errors = new String(process.getErrorStream().readAllBytes());

            assertNotEquals(0, process.exitValue());
            assertEquals("", output);
            assertEquals(1, errors.lines().count(), errors);
            return errors;
        } finally {
            process.destroyForcibly();
        }
    }
}
