package dev.todo.task.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+49", "-5", "@SUM(A1)", "\tx", "\rx", "=a\nb", "'=1", "''@x"})
    void what_a_spreadsheet_would_run_is_guarded_and_comes_back(String text) {
        var guarded = Table.guarded(text);

        assertTrue(guarded.startsWith("'"));
        assertEquals(text, Table.unguarded(guarded));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Milk", "1+1", "'", "'quoted'", "''", " =1", "\n=1", "[\"=a\"]"})
    void all_else_stays_as_it_is(String text) {
        assertEquals(text, Table.guarded(text));
        assertEquals(text, Table.unguarded(text));
    }
}
