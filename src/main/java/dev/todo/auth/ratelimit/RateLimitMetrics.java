package dev.todo.auth.ratelimit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Counts the attempts that a limit rejected, as {@code todo_attempts_refused_total}. */
@Singleton
class RateLimitMetrics {

    private final Map<RateLimit, Counter> counters = new EnumMap<>(RateLimit.class);

    RateLimitMetrics(MeterRegistry registry) {
        Arrays.stream(RateLimit.values())
                .forEach(limit -> counters.put(
                        limit,
                        Counter.builder("todo.attempts.refused")
                                .description("Attempts rejected by a rate limit")
                                .tag("limit", limit.kind)
                                .register(registry)));
    }

    void countRefusal(RateLimit limit) {
        counters.get(limit).increment();
    }
}
