package dev.todo.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void a_cursor_gives_back_the_keys_of_its_row() {
        assertEquals(List.of("2026", "", "grün"), Cursor.keys("list", Cursor.after("list", "2026", "", "grün")));
    }

    @Test
    void a_cursor_of_another_list_is_refused() {
        var cursor = Cursor.after("list of ada", "1");

        assertThrows(IllegalArgumentException.class, () -> Cursor.keys("list of bob", cursor));
    }

    @Test
    void a_part_of_a_cursor_is_refused() {
        var cursor = Cursor.after("list", "2026", "0199");

        for (var length = 1; length < cursor.length(); length++) {
            var part = cursor.substring(0, length);
            assertThrows(IllegalArgumentException.class, () -> Cursor.keys("list", part));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "AAAA", "AAAAAAAAAAA", "not base64!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void what_is_no_cursor_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Cursor.keys("list", text));
    }
}
