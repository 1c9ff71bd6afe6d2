package dev.todo.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;

/** Counts requests with methods that a client made up as one, so that nobody can make series without end. */
@Singleton
public class MethodNames implements MeterFilter {

    private static final Set<String> KNOWN =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    /** The method, or what OpenTelemetry's semantic conventions have for all others. */
    public static String known(String method) {
        return KNOWN.contains(method) ? method : "_OTHER";
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        var method = id.getTag("method");
        return method == null
                ? id
                : id.replaceTags(id.getTags().stream()
                        .map(tag -> tag.getKey().equals("method") ? Tag.of("method", known(method)) : tag)
                        .toList());
    }
}
