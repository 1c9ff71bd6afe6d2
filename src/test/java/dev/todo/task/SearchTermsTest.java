package dev.todo.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTermsTest {

    private final SearchTerms terms = new SearchTerms(UUID.fromString("01900000-0000-7000-8000-0123456789ab"));

    @ParameterizedTest
    @CsvSource({
        "Café CAFÉ cafe, cafe",
        "Straße STRASSE, strasse",
        "ΟΔΟΣ οδός, οδοσ",
        "Ёлка елка, елка",
        "İstanbul ısı, istanbul isi",
        "Łódź Ørsted Đorđe, lodz orsted dorde",
        "नमस्ते, नमसत",
        "שָׁלוֹם, שלום",
        "你好 世界, 你好 世界",
        "한국, 한국",
        "ﬁn ½ x² Ⅷ, fin 1 2 x2 viii",
        "٣ 3, ٣ 3",
        "foo-bar_baz.qux@x/y, foo bar baz qux x y",
        "don't 3.14, don t 3 14",
        "👍🏽 & | ! : *, ''"
    })
    void words_are_letters_and_digits_without_case_or_accents(String text, String words) {
        assertEquals(words, String.join(" ", SearchTerms.words(text)));
    }

    @Test
    void terms_are_prefixed_with_the_owner() {
        assertArrayEquals(
                new String[] {"6789abbuy", "6789abmilk", "6789aboat", "6789ab#At Home"},
                terms.of("Buy milk", "Oat milk", List.of("At Home")));
    }

    @Test
    void escapes_tags_in_queries() {
        assertEquals(
                Optional.of("'6789abmil':* & '6789abk':* & '6789ab#it''s \\\\ & | !'"),
                terms.query("mil K!", List.of("it's \\ & | !")));
    }

    @Test
    void no_words_and_no_tags_make_no_query() {
        assertEquals(Optional.empty(), terms.query(" - ! ", List.of()));
    }

    @Test
    void truncates_long_words_to_what_an_index_can_hold() {
        var horse = "\uD842\uDFB7";

        assertEquals(6 + 2 * 500, terms.of(horse.repeat(501), null, List.of())[0].length());
    }
}
