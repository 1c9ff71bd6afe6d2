package dev.todo.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** libpq's {@code sslmode}, the weakest first. As in libpq, {@code allow} and {@code prefer} may use plain text. */
public enum SslMode {
    DISABLE,
    ALLOW,
    PREFER,
    REQUIRE,
    VERIFY_CA,
    VERIFY_FULL;

    static final List<String> LIBPQ_NAMES =
            Stream.of(values()).map(SslMode::libpqName).toList();

    static SslMode named(String libpqName) {
        return values()[LIBPQ_NAMES.indexOf(libpqName)];
    }

    String libpqName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the server's certificate is verified. */
    boolean isVerified() {
        return this == VERIFY_CA || this == VERIFY_FULL;
    }
}
