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
    void recognizes_a_token_by_its_prefix_and_checksum() {
        var token = PersonalToken.random();

        assertTrue(token.text().matches("todo_pat_[0-9A-Za-z]{36}"), token.text());
        assertEquals(token, PersonalToken.parse(token.text()).orElseThrow());
    }

    @Test
    void generates_unique_tokens() {
        assertNotEquals(PersonalToken.random().text(), PersonalToken.random().text());
    }

    @Test
    void rejects_a_token_with_one_character_changed() {
        var text = PersonalToken.random().text();
        for (var i = 0; i < text.length(); i++) {
            var other = text.charAt(i) == 'a' ? 'b' : 'a';
            var changed = text.substring(0, i) + other + text.substring(i + 1);

            assertTrue(PersonalToken.parse(changed).isEmpty(), changed);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "todo_pat_", "todo_pat_000000000000000000000000000000000000", "todo_pat_ä"})
    void rejects_text_of_another_format(String text) {
        assertTrue(PersonalToken.parse(text).isEmpty());
    }

    @Test
    void toString_does_not_reveal_the_token() {
        var token = PersonalToken.random();

        assertFalse(token.toString().contains(token.text()));
    }
}
