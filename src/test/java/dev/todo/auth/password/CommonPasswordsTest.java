package dev.todo.auth.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password", "12345678", "password1", "qwertyuiop", "iloveyou1", "passw0rd", "p@ssw0rd", "password!",
                "password123", "11111111", "1q2w3e4r", "1qaz2wsx", "abcd1234", "admin123", "asdfghjkl", "baseball",
                "changeme", "football", "letmein1", "michelle", "princess", "sunshine", "superman", "test1234",
                "trustno1", "welcome1", "zaq12wsx", "liverpool", "wolverine", "administrator"
            })
    void contains_commonly_guessed_passwords(String password) {
        assertTrue(CommonPasswords.contains(password));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Password1", "PASSWORD", "QwertyUiop", "PassW0rd"})
    void ignores_case(String password) {
        assertTrue(CommonPasswords.contains(password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "correct horse battery",
                "correcthorsebatterystaple",
                "password of mine",
                " password",
                "Tr0ub4dor&3",
                "kX9#vLq2",
                "milk at seven",
                "пароль-пароль",
                "# Passwords that"
            })
    void does_not_contain_similar_passwords(String password) {
        assertFalse(CommonPasswords.contains(password));
    }

    @Test
    void lists_three_thousand_passwords_of_eight_or_more_characters() throws IOException {
        var lines = lines();

        assertTrue(lines.size() >= 3000, () -> lines.size() + " lines");
        assertEquals(lines.size(), new HashSet<>(lines).size(), "No line twice");
        assertTrue(lines.stream().allMatch(line -> line.matches("[!-~&&[^A-Z]]{8,72}")));
    }

    private static List<String> lines() throws IOException {
        try (var file = new BufferedReader(new InputStreamReader(
                CommonPasswords.class.getResourceAsStream("common-passwords.txt"), StandardCharsets.UTF_8))) {
            return file.lines().filter(line -> !line.startsWith("#")).toList();
        }
    }
}
