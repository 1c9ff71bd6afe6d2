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
    void eight_code_points_of_anything_will_do(String password) {
        assertTrue(PasswordPolicy.violation(password, "ada@example.com").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1234567", "🥛🥛🥛🥛🥛🥛🥛"})
    void fewer_are_too_short(String password) {
        assertTrue(PasswordPolicy.violation(password, "ada@example.com").isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {73, 100})
    void more_bytes_than_bcrypt_reads_are_refused(int bytes) {
        assertTrue(
                PasswordPolicy.violation("x".repeat(bytes), "ada@example.com").isPresent());
        assertTrue(PasswordPolicy.violation("x".repeat(72), "ada@example.com").isEmpty());
        assertTrue(PasswordPolicy.violation("é".repeat(37), "ada@example.com").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lovelace", "my LoveLace!", "lovelace@example.com", "xLOVELACE@EXAMPLE.COMx"})
    void the_address_or_its_local_part_must_not_be_inside(String password) {
        assertTrue(PasswordPolicy.violation(password, "lovelace@example.com").isPresent());
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamant stone", "ada ada ada"})
    void a_local_part_of_three_characters_tells_nothing(String password) {
        assertTrue(PasswordPolicy.violation(password, "ada@example.com").isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"password1", "Password1", "iloveyou", "1234567890"})
    void one_of_the_most_common_is_refused(String password) {
        assertTrue(PasswordPolicy.violation(password, "ada@example.com").isPresent());
    }
}
