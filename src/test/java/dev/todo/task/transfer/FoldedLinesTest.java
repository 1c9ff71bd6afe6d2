package dev.todo.task.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedLinesTest {

    @Test
    void folds_lines_longer_than_75_octets() throws IOException {
        var line = "x".repeat(75);

        assertEquals(line + "\r\n" + line + "\r\n y\r\n", folded(line + "\r\n" + line + "y\r\n"));
    }

    @Test
    void counts_the_space_after_a_fold() throws IOException {
        assertEquals(
                "x".repeat(75) + "\r\n " + "x".repeat(74) + "\r\n x", folded("x".repeat(75) + "x".repeat(74) + "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"é", "€", "\uD83D\uDC0E"})
    void does_not_split_characters(String character) throws IOException {
        for (var before = 60; before < 80; before++) {
            var text = "x".repeat(before) + character.repeat(40);
            var folded = folded(text);

            assertEquals(text, folded.replace("\r\n ", ""));
            assertTrue(folded.lines().allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75));
        }
    }

    private static String folded(String text) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var lines = new FoldedLines(bytes);
        lines.write(text.getBytes(StandardCharsets.UTF_8));
        lines.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
