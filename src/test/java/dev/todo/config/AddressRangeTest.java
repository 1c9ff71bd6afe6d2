package dev.todo.config;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "10.0.0.0/8, 10.255.0.1",
        "10.1.2.3/8, 10.255.0.1",
        "172.16.0.0/12, 172.31.255.255",
        "0.0.0.0/0, 203.0.113.9",
        "::1, 0:0:0:0:0:0:0:1",
        "2001:db8::/32, 2001:db8:ffff:0:0:0:0:1",
        "fd00::/8, fd12:3456:0:0:0:0:0:1",
        "::ffff:127.0.0.1, 127.0.0.1",
        "::ffff:10.0.0.0/104, 10.255.0.1",
        "::FFFF:a00:0/104, 10.255.0.1",
        "::ffff:0:0/96, 203.0.113.9"
    })
    void contains_matching_addresses(String range, String address) {
        assertTrue(AddressRange.parse(range).contains(address));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.2",
        "10.0.0.0/8, 11.0.0.1",
        "172.16.0.0/12, 172.32.0.0",
        "::ffff:10.0.0.0/104, 11.0.0.1",
        "::ffff:127.0.0.1, 0:0:0:0:0:0:0:1",
        "2001:db8::/32, 2001:db9:0:0:0:0:0:1",
        "::/0, 203.0.113.9",
        "0.0.0.0/0, 2001:db8:0:0:0:0:0:1",
        "10.0.0.0/8, ''"
    })
    void does_not_contain_other_addresses(String range, String address) {
        assertFalse(AddressRange.parse(range).contains(address));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "::1/129",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "::ffff:1.2.3.4/129"
            })
    void rejects_an_invalid_range(String text) {
        assertThrows(IllegalArgumentException.class, () -> AddressRange.parse(text));
    }
}
