package dev.todo.observability;

import java.util.Set;

/** Counts requests with methods that a client made up as one, so that nobody can make series without end. */
public final class MethodLabel {

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private MethodLabel() {}

    /** The method, or what OpenTelemetry's semantic conventions have for all others. */
    public static String of(String method) {
        return KNOWN.contains(method) ? method : "_OTHER";
    }
}
