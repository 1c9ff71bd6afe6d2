package dev.todo.http.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {

    @ParameterizedTest
    @ValueSource(strings = {"milk", " milk ", "\t\nmilk\r\n", "\u00a0milk\u3000", "\u2003milk\u2028", "\u0085milk"})
    void trims_white_space_of_any_script(String text) {
        assertEquals("milk", Text.trim(text));
    }

    @Test
    void keeps_inner_white_space() {
        assertEquals("oat  milk", Text.trim(" oat  milk "));
        assertEquals("", Text.trim(" \u00a0 "));
        assertNull(Text.trim(null));
    }

    @Test
    void trimAscii_removes_only_ASCII_white_space() {
        assertEquals("a@b.c", Text.trimAscii(" \t\n\f\ra@b.c "));
        assertEquals("\u00a0a@b.c", Text.trimAscii("\u00a0a@b.c"));
    }

    @ParameterizedTest
    @CsvSource({"ADA@Example.COM, ada@example.com", "azAZ09, azaz09", "ÄÖÜ, ÄÖÜ", "\u212A, \u212A", "\u0130, \u0130"})
    void converts_only_A_to_Z_to_lower_case(String text, String folded) {
        assertEquals(folded, Text.toAsciiLowerCase(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "milk", "🥛", "e\u0301", "\u202eright to left", "\uffff"})
    void keeps_text_that_PostgreSQL_can_store(String text) {
        assertSame(text, Text.requireStorable(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\ud83e", "\udd5b", "a\ud83eb", "\udd5b\ud83e"})
    void rejects_text_that_PostgreSQL_cannot_store(String text) {
        assertThrows(IllegalArgumentException.class, () -> Text.requireStorable(text));
    }
}
