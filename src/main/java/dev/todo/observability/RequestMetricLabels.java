package dev.todo.observability;

import dev.todo.http.problem.Routes;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Set;

/**
 * Limits the labels of request metrics to known methods and path templates, so that a client cannot create any number
 * of series. Quarkus labels a request by its path if it never reached a resource, as with 405, 406, 415 and files.
 */
@Singleton
public class RequestMetricLabels implements MeterFilter {

    private static final String OTHER = "UNKNOWN";

    /** What Quarkus uses instead of a template, and the framework's only path. */
    private static final Set<String> WITHOUT_TEMPLATE =
            Set.of("root", "/cors-preflight", "/openapi", "NOT_FOUND", "REDIRECTION", OTHER);

    private final Routes routes;

    RequestMetricLabels(Routes routes) {
        this.routes = routes;
    }

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith("http.server.")
                ? id.replaceTags(id.getTags().stream().map(this::limit).toList())
                : id;
    }

    private Tag limit(Tag tag) {
        return switch (tag.getKey()) {
            case "method" -> Tag.of("method", MethodLabel.of(tag.getValue()));
            case "uri" -> Tag.of("uri", template(tag.getValue()));
            default -> tag;
        };
    }

    private String template(String path) {
        try {
            return WITHOUT_TEMPLATE.contains(path)
                    ? path
                    : routes.template(path).orElse(OTHER);
        } catch (IllegalArgumentException e) {
            // The path is encoded incorrectly
            return OTHER;
        }
    }
}
