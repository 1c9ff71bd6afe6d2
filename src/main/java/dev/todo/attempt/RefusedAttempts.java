package dev.todo.attempt;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Counts the attempts that a limit refused, as {@code todo_attempts_refused_total}. */
@Singleton
class RefusedAttempts {

    private final Map<Limit, Counter> counters = new EnumMap<>(Limit.class);

    RefusedAttempts(MeterRegistry registry) {
        Arrays.stream(Limit.values())
                .forEach(limit -> counters.put(
                        limit,
                        Counter.builder("todo.attempts.refused")
                                .description("Attempts past a limit")
                                .tag("limit", limit.kind)
                                .register(registry)));
    }

    void count(Limit limit) {
        counters.get(limit).increment();
    }
}
