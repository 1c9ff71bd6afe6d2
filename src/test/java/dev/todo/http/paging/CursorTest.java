package dev.todo.http.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    private static final UUID ID = UUID.randomUUID();

    @Test
    void returns_the_keys_of_its_row() {
        var cursor = Cursor.after("list", "2026-11-20T10:00:00Z", "", "grün", ID.toString());

        var keys = Cursor.read("list", cursor, read -> List.of(read.time(), read.text(), read.text(), read.id()));

        assertEquals(List.of(Instant.parse("2026-11-20T10:00:00Z"), "", "grün", ID), keys);
    }

    @Test
    void rejects_a_cursor_of_another_list() {
        var cursor = Cursor.after("list of ada", "1");

        assertThrows(IllegalArgumentException.class, () -> Cursor.read("list of bob", cursor, Cursor.Keys::text));
    }

    @Test
    void rejects_a_truncated_cursor() {
        var cursor = Cursor.after("list", "2026", "0199");

        for (var length = 1; length < cursor.length(); length++) {
            var part = cursor.substring(0, length);
            assertThrows(
                    IllegalArgumentException.class, () -> Cursor.read("list", part, keys -> keys.text() + keys.text()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "AAAA", "AAAAAAAAAAA", "not base64!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void rejects_an_invalid_cursor(String text) {
        assertThrows(IllegalArgumentException.class, () -> Cursor.read("list", text, Cursor.Keys::text));
    }

    @ParameterizedTest
    @MethodSource
    void rejects_a_forged_cursor(String... keys) {
        var cursor = Cursor.after("list", keys);

        assertThrows(
                IllegalArgumentException.class,
                () -> Cursor.read("list", cursor, read -> List.of(read.time(), read.id())));
    }

    static Stream<Arguments> rejects_a_forged_cursor() {
        return Stream.<String[]>of(
                        new String[] {},
                        new String[] {""},
                        new String[] {"2026-11-20T10:00:00Z"},
                        new String[] {"2026-11-20T10:00:00Z", ""},
                        new String[] {"2026-11-20T10:00:00Z", "1"},
                        new String[] {"+999999999-01-01T00:00:00Z", ID.toString()},
                        new String[] {ID.toString(), "2026-11-20T10:00:00Z"},
                        new String[] {"2026-11-20T10:00:00Z", ID.toString(), ""})
                .map(keys -> Arguments.of((Object) keys));
    }
}
