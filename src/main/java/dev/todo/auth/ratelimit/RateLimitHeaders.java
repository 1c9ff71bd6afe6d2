package dev.todo.auth.ratelimit;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;

/** Sends the client its number of remaining attempts (draft-ietf-httpapi-ratelimit-headers-10). */
@Singleton
class RateLimitHeaders {

    private final CurrentVertxRequest request;

    RateLimitHeaders(CurrentVertxRequest request) {
        this.request = request;
    }

    void write(RateLimit limit, RateLimitState state) {
        var counted = state == null ? 0 : state.counted();
        var secondsLeft = state == null ? limit.windowSeconds : Math.max(0, state.secondsLeft());
        request.getCurrent()
                .response()
                .putHeader("RateLimit-Policy", "\"%s\";q=%d;w=%d".formatted(limit.kind, limit.max, limit.windowSeconds))
                .putHeader(
                        "RateLimit",
                        "\"%s\";r=%d;t=%d".formatted(limit.kind, Math.max(0, limit.max - counted), secondsLeft));
    }
}
