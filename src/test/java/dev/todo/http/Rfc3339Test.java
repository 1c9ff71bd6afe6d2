package dev.todo.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:00:00Z, 2026-11-20T10:00:00.000000Z",
        "2026-11-20t10:00:00z, 2026-11-20T10:00:00.000000Z",
        "2026-11-20T10:00:00.5+02:00, 2026-11-20T08:00:00.500000Z",
        "2026-11-20T10:00:00.123456789Z, 2026-11-20T10:00:00.123456Z",
        "2024-02-29T23:59:59-00:00, 2024-02-29T23:59:59.000000Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
    })
    void a_time_is_read_with_its_offset_and_written_in_UTC_to_the_microsecond(String text, String written) {
        assertEquals(written, Rfc3339.format(Rfc3339.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2026-11-20",
                "2026-11-20T10:00Z",
                "2026-11-20T10:00:00",
                "2026-11-20 10:00:00Z",
                "2026-02-30T10:00:00Z",
                "2025-02-29T10:00:00Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T10:60:00Z",
                "2026-11-20T10:00:00+0200",
                "2026-11-20T10:00:00+25:00",
                "+12026-11-20T10:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T23:59:59-01:00",
                "1763632800",
                "２０２６-11-20T10:00:00Z",
            })
    void anything_else_is_refused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Rfc3339.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T10:00:00.123456Z", "1970-01-01T00:00:00Z"})
    void what_is_written_is_read_again_as_the_same(String text) {
        var instant = Instant.parse(text);

        assertEquals(instant, Rfc3339.parse(Rfc3339.format(instant)));
    }
}
