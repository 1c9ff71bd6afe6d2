package dev.todo.http.json;

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
        "2026-11-20T10:00:00.5Z, 2026-11-20T10:00:00.500000Z",
        "2026-11-20T10:00:00.123456789Z, 2026-11-20T10:00:00.123456Z",
        "2026-11-20T10:00:00.999999999Z, 2026-11-20T10:00:00.999999Z",
        "2026-11-20T10:00:00+02:00, 2026-11-20T08:00:00.000000Z",
        "2026-11-20T00:30:00+05:45, 2026-11-19T18:45:00.000000Z",
        "2026-11-20T10:00:00-00:00, 2026-11-20T10:00:00.000000Z",
        "2024-02-29T00:00:00Z, 2024-02-29T00:00:00.000000Z",
        "0001-01-01T00:00:00Z, 0001-01-01T00:00:00.000000Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z"
    })
    void formats_a_time_in_utc_with_microseconds(String text, String formatted) {
        assertEquals(formatted, Rfc3339.format(Rfc3339.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-11-20",
                "10:00:00Z",
                "2026-11-20T10:00:00",
                "2026-11-20T10:00Z",
                "2026-11-20T10:00:00.Z",
                "2026-11-20T10:00:00.1234567890Z",
                "2026-11-20T10:00:00+0200",
                "2026-11-20T10:00:00+02",
                "2026-11-20T10:00:00+19:00",
                "2026-11-20T10:00:00Z ",
                "2026-11-20T10:00:00Z\n",
                "2026-02-30T10:00:00Z",
                "2025-02-29T10:00:00Z",
                "2026-11-31T10:00:00Z",
                "2026-11-20 10:00:00Z",
                "2026-11-20T24:00:00Z",
                "2026-11-20T25:00:00Z",
                "2026-11-20T10:60:00Z",
                "0000-12-31T23:59:59Z",
                "-2026-11-20T10:00:00Z",
                "+2026-11-20T10:00:00Z",
                "12026-11-20T10:00:00Z",
                "0001-01-01T00:00:00+00:01",
                "9999-12-31T23:59:00-00:01",
                "٢٠٢٦-11-20T10:00:00Z",
                "1795608000"
            })
    void rejects_an_invalid_time(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Rfc3339.parse(text));

        assertEquals("must be an RFC 3339 time such as 2026-11-20T10:00:00Z", refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:00:00Z, 2026-11-20T10:00:00.000000Z",
        "2026-11-20T10:00:00.1Z, 2026-11-20T10:00:00.100000Z",
        "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z"
    })
    void always_writes_six_decimals(Instant time, String formatted) {
        assertEquals(formatted, Rfc3339.format(time));
    }
}
