package dev.todo.http.internals;

import io.vertx.core.http.impl.HttpUtils;

/**
 * Normalizes paths as the Vert.x router does before it looks for a route. Vert.x itself offers that only for the
 * current request.
 */
public final class RequestPath {

    private RequestPath() {}

    public static String normalize(String path) {
        return HttpUtils.normalizePath(path);
    }
}
