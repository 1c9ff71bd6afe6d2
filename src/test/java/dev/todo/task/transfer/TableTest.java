package dev.todo.task.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49", "-5", "@SUM(A1)", "\tx", "\rx", "=a\nb", "'=1", "''@x"})
    void escapes_formulas_and_restores_them(String text) {
        var guarded = Table.guarded(text);

        assertTrue(guarded.startsWith("'"));
        assertEquals(text, Table.unguarded(guarded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Milk", "1+1", "'", "'quoted'", "''", " =1", "\n=1", "[\"=a\"]"})
    void leaves_other_text_unchanged(String text) {
        assertEquals(text, Table.guarded(text));
        assertEquals(text, Table.unguarded(text));
    }
}
