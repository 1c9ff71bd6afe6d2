package dev.todo.http.json;

import java.util.function.IntPredicate;

/** Rules for text from clients. */
public final class Text {

    private Text() {}

    /** Rejects what PostgreSQL cannot store: U+0000 and unpaired surrogates. */
    public static String requireStorable(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException("must not contain U+0000");
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("must not contain unpaired surrogates");
            }
        }
        return text;
    }

    /** Removes white space from both ends, as defined by Unicode: no-break and ideographic spaces count too. */
    public static String trim(String text) {
        return trim(text, Text::isWhiteSpace);
    }

    /** Removes ASCII white space from both ends, as HTML form fields do. */
    public static String trimAscii(String text) {
        return trim(text, c -> " \t\n\f\r".indexOf(c) >= 0);
    }

    /** Converts only A to Z to lower case: the Kelvin sign, for example, does not become a k. */
    public static String toAsciiLowerCase(String text) {
        return text.codePoints()
                .map(c -> c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String trim(String text, IntPredicate isWhiteSpace) {
        if (text == null) {
            return null;
        }
        var start = 0;
        var end = text.length();
        while (start < end && isWhiteSpace.test(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhiteSpace.test(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** The Unicode property White_Space; all its characters are in the basic plane. */
    private static boolean isWhiteSpace(int c) {
        return Character.isSpaceChar(c) || c >= '\t' && c <= '\r' || c == '\u0085';
    }
}
