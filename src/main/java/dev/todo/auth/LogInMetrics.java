package dev.todo.auth;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Counts how log-ins end, as {@code todo_logins_total}. Those past a limit count as {@code todo_attempts_refused_total}. */
@Singleton
class LogInMetrics {

    private final Counter succeeded;
    private final Counter failed;

    LogInMetrics(MeterRegistry registry) {
        this.succeeded = counter(registry, "success");
        this.failed = counter(registry, "invalid_credentials");
    }

    void countSuccess() {
        succeeded.increment();
    }

    /** For whatever reason: the answer does not tell it, nor does this. */
    void countFailure() {
        failed.increment();
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("todo.logins")
                .description("Log-ins by outcome")
                .tag("outcome", outcome)
                .register(registry);
    }
}
