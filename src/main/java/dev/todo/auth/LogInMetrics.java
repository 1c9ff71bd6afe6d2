package dev.todo.auth;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/**
 * Counts log-ins by outcome, as {@code todo_logins_total}. Those above a limit count as
 * {@code todo_attempts_refused_total}.
 */
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

    /** Like the response, does not reveal the reason. */
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
