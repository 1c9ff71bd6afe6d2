package dev.todo.http.internals;

import io.vertx.core.http.impl.HttpUtils;

/** Normalizes paths as Vert.x' router does before it looks for a route; it offers that for the current request only. */
public final class RequestPath {

    private RequestPath() {}

    public static String normalize(String path) {
        return HttpUtils.normalizePath(path);
    }
}
