package dev.todo.auth.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The passwords that attackers try first. */
final class CommonPasswords {

    // The native executable builds the set at build time: it does not contain the file, or read it at startup.
    private static final Set<String> LOWER_CASE = read("common-passwords.txt");

    private CommonPasswords() {}

    /** Whether it is one of them, ignoring case: {@code Password1} is guessed as soon as {@code password1}. */
    static boolean contains(String password) {
        return LOWER_CASE.contains(password.toLowerCase(Locale.ROOT));
    }

    private static Set<String> read(String file) {
        try (var lines = new BufferedReader(
                new InputStreamReader(CommonPasswords.class.getResourceAsStream(file), StandardCharsets.US_ASCII))) {
            return lines.lines().filter(line -> !line.startsWith("#")).collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
