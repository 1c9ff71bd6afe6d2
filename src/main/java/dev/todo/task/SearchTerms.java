package dev.todo.task;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The search terms of tasks: the words of title and description, ignoring case and accents, and the tags unchanged.
 * Each term begins with the end of its owner's id, so that the index keeps the terms of each user together. (Two ids
 * may end the same; so statements also check the owner.)
 */
final class SearchTerms {

    /** In code points: PostgreSQL limits terms to 2046 bytes. The rest is ignored. */
    private static final int MAX_LENGTH = 500;

    private final String mark;

    SearchTerms(UUID owner) {
        this.mark = owner.toString().substring(30);
    }

    String[] of(String title, String description, List<String> tags) {
        var text = description == null ? title : title + ' ' + description;
        return Stream.concat(
                        words(text).stream().map(word -> mark + word),
                        tags.stream().map(this::tag))
                .toArray(String[]::new);
    }

    /**
     * A tsquery for tasks that have all of the tags and, for each word of the text, a word that starts with it. Empty
     * if all tasks would match.
     */
    Optional<String> query(String text, Collection<String> tags) {
        var conditions = new ArrayList<String>();
        words(text).forEach(word -> conditions.add("'" + mark + word + "':*"));
        tags.forEach(tag -> conditions.add("'" + tag(tag).replace("\\", "\\\\").replace("'", "''") + "'"));
        return conditions.isEmpty() ? Optional.empty() : Optional.of(String.join(" & ", conditions));
    }

    /** The # distinguishes tags from words, which cannot contain it. */
    private String tag(String tag) {
        return mark + '#' + cut(tag);
    }

    /**
     * Words are letters and digits of any script. Everything else separates words, except marks, which belong to the
     * preceding letter.
     */
    static Set<String> words(String text) {
        var words = new LinkedHashSet<String>();
        var word = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKD).codePoints().forEach(c -> {
            if (Character.isLetterOrDigit(c)) {
                append(word, c);
            } else if (!isMark(c)) {
                end(word, words);
            }
        });
        end(word, words);
        return words;
    }

    private static void end(StringBuilder word, Set<String> words) {
        if (!word.isEmpty()) {
            // Recomposes Hangul syllables: a shorter one is not a prefix of a longer one
            words.add(cut(Normalizer.normalize(word, Normalizer.Form.NFC)));
            word.setLength(0);
        }
    }

    private static void append(StringBuilder word, int letter) {
        // Via upper case, in which the two lower-case sigmas are the same, and so are the two forms of i
        var lowerCase = Character.toLowerCase(Character.toUpperCase(letter));
        switch (lowerCase) {
            case 'ß' -> word.append("ss");
            // Unicode does not treat strokes as marks, but people who search do
            case 'ø' -> word.append('o');
            case 'ł' -> word.append('l');
            case 'đ' -> word.append('d');
            case 'ħ' -> word.append('h');
            case 'ŧ' -> word.append('t');
            default -> word.appendCodePoint(lowerCase);
        }
    }

    private static boolean isMark(int c) {
        return switch (Character.getType(c)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    private static String cut(String term) {
        return term.length() <= MAX_LENGTH || term.codePointCount(0, term.length()) <= MAX_LENGTH
                ? term
                : term.substring(0, term.offsetByCodePoints(0, MAX_LENGTH));
    }
}
