package dev.todo.auth.password;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordPolicyTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12ab56cd",
                "        ",
                "🥛🥛🥛🥛🥛🥛🥛🥛",
                "correct horse battery",
                "e\u0301e\u0301e\u0301e\u0301",
            })
    void accepts_any_eight_code_points(String password) {
        assertTrue(PasswordPolicy.violation(password, "ada@example.com").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "🥛🥛🥛🥛🥛🥛🥛"})
    void rejects_fewer_than_eight_code_points(String password) {
        assertTrue(PasswordPolicy.violation(password, "ada@example.com").isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {73, 100})
    void rejects_more_bytes_than_bcrypt_reads(int bytes) {
        assertTrue(
                PasswordPolicy.violation("x".repeat(bytes), "ada@example.com").isPresent());
        assertTrue(PasswordPolicy.violation("x".repeat(72), "ada@example.com").isEmpty());
        assertTrue(PasswordPolicy.violation("é".repeat(37), "ada@example.com").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lovelace", "my LoveLace!", "lovelace@example.com", "xLOVELACE@EXAMPLE.COMx"})
    void rejects_a_password_that_contains_the_address_or_its_local_part(String password) {
        assertTrue(PasswordPolicy.violation(password, "lovelace@example.com").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamant stone", "ada ada ada"})
    void ignores_a_local_part_of_three_characters(String password) {
        assertTrue(PasswordPolicy.violation(password, "ada@example.com").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"password1", "Password1", "iloveyou", "1234567890"})
    void rejects_a_common_password(String password) {
        assertTrue(PasswordPolicy.violation(password, "ada@example.com").isPresent());
    }
}
