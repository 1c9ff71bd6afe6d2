package dev.todo.observability;

import java.util.Set;

/** Groups requests with unknown methods, so that a client cannot create any number of metric series. */
public final class MethodLabel {

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private MethodLabel() {}

    /** The method, or the value that OpenTelemetry's semantic conventions define for all others. */
    public static String of(String method) {
        return KNOWN.contains(method) ? method : "_OTHER";
    }
}
