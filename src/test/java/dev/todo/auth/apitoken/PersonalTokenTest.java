package dev.todo.auth.apitoken;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalTokenTest {

    @Test
    void a_token_is_known_by_its_prefix_and_checksum() {
        var token = PersonalToken.random();

        assertTrue(token.text().matches("todo_pat_[0-9A-Za-z]{36}"), token.text());
        assertEquals(token, PersonalToken.parse(token.text()).orElseThrow());
    }

    @Test
    void no_two_tokens_are_alike() {
        assertNotEquals(PersonalToken.random().text(), PersonalToken.random().text());
    }

    @Test
    void a_token_with_one_character_changed_is_none() {
        var text = PersonalToken.random().text();
        for (var i = 0; i < text.length(); i++) {
            var other = text.charAt(i) == 'a' ? 'b' : 'a';
            var changed = text.substring(0, i) + other + text.substring(i + 1);

            assertTrue(PersonalToken.parse(changed).isEmpty(), changed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "todo_pat_", "todo_pat_000000000000000000000000000000000000", "todo_pat_ä"})
    void what_has_not_the_form_is_none(String text) {
        assertTrue(PersonalToken.parse(text).isEmpty());
    }

    @Test
    void a_token_does_not_get_into_logs() {
        var token = PersonalToken.random();

        assertFalse(token.toString().contains(token.text()));
    }
}
