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
 * What tasks are found by: the words of title and description without case and accents, and the tags as they are. Each
 * term begins with the end of its owner's id, so that the index has the terms of each user apart. (Two ids may end alike;
 * the statements ask for the owner, too.)
 */
final class SearchTerms {

    /** In code points. PostgreSQL's terms have 2046 bytes at most; what is cut off is not looked at. */
    private static final int MAX_LENGTH = 500;

    private final String mark;

    SearchTerms(UUID owner) {
        this.mark = owner.toString().substring(30);
    }

    /** The terms of a task. */
    String[] of(String title, String description, List<String> tags) {
        var text = description == null ? title : title + ' ' + description;
        return Stream.concat(
                        words(text).stream().map(word -> mark + word),
                        tags.stream().map(this::tag))
                .toArray(String[]::new);
    }

    /**
     * A tsquery for tasks with all of the tags and, for each word of the text, one that begins so; empty where that would
     * be all tasks.
     */
    Optional<String> query(String text, Collection<String> tags) {
        var conditions = new ArrayList<String>();
        words(text).forEach(word -> conditions.add("'" + mark + word + "':*"));
        tags.forEach(tag -> conditions.add("'" + tag(tag).replace("\\", "\\\\").replace("'", "''") + "'"));
        return conditions.isEmpty() ? Optional.empty() : Optional.of(String.join(" & ", conditions));
    }

    /** No word has the sign in it, so tags are told from words by it. */
    private String tag(String tag) {
        return mark + '#' + cut(tag);
    }

    /** Letters and digits of any script; all else separates, but for marks, which belong to the letter before them. */
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
            // Puts the syllables of Hangul together again: a shorter one is not the beginning of a longer one
            words.add(cut(Normalizer.normalize(word, Normalizer.Form.NFC)));
            word.setLength(0);
        }
    }

    private static void append(StringBuilder word, int letter) {
        // By way of upper case, which the two small sigmas and the two small i have in common
        var small = Character.toLowerCase(Character.toUpperCase(letter));
        switch (small) {
            case 'ß' -> word.append("ss");
            // Strokes are no marks to Unicode, but to those who search
            case 'ø' -> word.append('o');
            case 'ł' -> word.append('l');
            case 'đ' -> word.append('d');
            case 'ħ' -> word.append('h');
            case 'ŧ' -> word.append('t');
            default -> word.appendCodePoint(small);
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
