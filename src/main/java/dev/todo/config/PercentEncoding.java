package dev.todo.config;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The percent-encoding of URIs. Java's classes are for forms, in which + means a space. */
final class PercentEncoding {

    private PercentEncoding() {}

    /** Throws {@link IllegalArgumentException} if a percent sign is not followed by two hexadecimal digits. */
    static String decode(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
