package dev.todo.http;

import jakarta.inject.Singleton;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.ext.Provider;
import java.util.HashMap;
import java.util.Map;

/** The paths where {@link LargeBody} says how large a body may be. */
@Provider
@Singleton
class LargeBodies implements DynamicFeature {

    private final Map<String, Integer> limits = new HashMap<>();

    @Override
    public void configure(ResourceInfo endpoint, FeatureContext context) {
        var large = endpoint.getResourceMethod().getAnnotation(LargeBody.class);
        if (large != null) {
            limits.put(path(endpoint), large.bytes());
        }
    }

    boolean isAt(String path) {
        return limits.containsKey(path);
    }

    int limit(String path, int standard) {
        return limits.getOrDefault(path, standard);
    }

    private static String path(ResourceInfo endpoint) {
        return UriBuilder.fromPath("/")
                .path(endpoint.getResourceClass())
                .path(endpoint.getResourceMethod())
                .toTemplate();
    }
}
