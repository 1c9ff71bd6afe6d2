package dev.todo.auth.password;

import dev.todo.config.CredentialRules;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The rules for a new password: long enough, short enough for bcrypt, not common, and not containing the address. */
public final class PasswordPolicy {

    private static final int MIN_LOCAL_PART_LENGTH = 4;

    private PasswordPolicy() {}

    /** What is wrong with the password, if anything. */
    public static Optional<String> violation(String password, String email) {
        if (password.codePointCount(0, password.length()) < CredentialRules.MIN_PASSWORD_LENGTH) {
            return Optional.of("must have at least " + CredentialRules.MIN_PASSWORD_LENGTH + " characters");
        }
        if (password.getBytes(StandardCharsets.UTF_8).length > CredentialRules.MAX_PASSWORD_BYTES) {
            return Optional.of("must be at most " + CredentialRules.MAX_PASSWORD_BYTES + " bytes long in UTF-8");
        }
        if (CommonPasswords.contains(password)) {
            return Optional.of("must not be one of the most common passwords");
        }
        if (containsAddress(password, email)) {
            return Optional.of("must not contain the e-mail address or the part before its @");
        }
        return Optional.empty();
    }

    private static boolean containsAddress(String password, String email) {
        var folded = password.toLowerCase(Locale.ROOT);
        var localPart = email.substring(0, Math.max(0, email.indexOf('@')));
        return !email.isEmpty() && folded.contains(email)
                || localPart.length() >= MIN_LOCAL_PART_LENGTH && folded.contains(localPart);
    }
}
