package dev.todo.auth.apitoken;

import dev.todo.digest.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A personal API token: {@code todo_pat_}, 30 random characters, and a checksum of six (CRC-32 in base 62), by which
 * secret scanners distinguish leaked tokens from similar text.
 */
record PersonalToken(String text) {

    static final String PREFIX = "todo_pat_";

    private static final Pattern FORM = Pattern.compile(PREFIX + "([0-9A-Za-z]{30})([0-9A-Za-z]{6})");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_DIGITS = 30;
    private static final int CHECKSUM_DIGITS = 6;

    static PersonalToken random() {
        // Not a constant, which the native executable would seed at build time
        var source = new SecureRandom();
        var random = new StringBuilder();
        for (var i = 0; i < RANDOM_DIGITS; i++) {
            random.append(DIGITS.charAt(source.nextInt(DIGITS.length())));
        }
        return new PersonalToken(PREFIX + random + checksum(random.toString()));
    }

    /** Empty if the text cannot be one of our tokens. */
    static Optional<PersonalToken> parse(String text) {
        var parts = FORM.matcher(text);
        return parts.matches() && checksum(parts.group(1)).equals(parts.group(2))
                ? Optional.of(new PersonalToken(text))
                : Optional.empty();
    }

    /** SHA-256 is sufficient for a token this random, and fast enough for every request. */
    byte[] hash() {
        return Sha256.of(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String checksum(String random) {
        var crc = new CRC32();
        crc.update(random.getBytes(StandardCharsets.US_ASCII));
        var digits = new StringBuilder();
        for (var rest = crc.getValue(); digits.length() < CHECKSUM_DIGITS; rest /= DIGITS.length()) {
            digits.insert(0, DIGITS.charAt((int) (rest % DIGITS.length())));
        }
        return digits.toString();
    }

    /** Keeps the token out of logs. */
    @Override
    public String toString() {
        return "PersonalToken";
    }
}
