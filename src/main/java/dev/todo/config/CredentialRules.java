package dev.todo.config;

/** The bounds of e-mail addresses and passwords, at sign-up and in ADMIN_EMAIL and ADMIN_PASSWORD. */
public final class CredentialRules {

    /**
     * HTML Living Standard, section 4.10.5.1.5; the 64 characters of the local part are from RFC 5321, section
     * 4.5.3.1.1.
     */
    public static final String EMAIL_SYNTAX = "[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}"
            + "@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
            + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+";

    public static final int MAX_EMAIL_LENGTH = 254;

    /** In code points. */
    public static final int MIN_PASSWORD_LENGTH = 8;

    /** bcrypt ignores everything past 72 bytes (not characters), so longer passwords are refused, never cut. */
    public static final int MAX_PASSWORD_BYTES = 72;

    private CredentialRules() {}
}
