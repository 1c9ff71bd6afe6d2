package dev.todo.cleanup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.todo.TestDatabase;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CleanupSchedulerTest {

    @Inject
    Vertx vertx;

    @Inject
    CleanupLease lease;

    private final AtomicInteger batches = new AtomicInteger();

    @BeforeEach
    void forget_earlier_runs() {
        TestDatabase.executeAny("delete from upkeep");
    }

    @Test
    void one_replica_cleans_up_each_hour() {
        var first = round(() -> Uni.createFrom().item(batches.incrementAndGet() < 3));
        var second = round(() -> Uni.createFrom().item(batches.incrementAndGet() < 3));

        assertEquals(Duration.ofHours(1), first);
        assertEquals(Duration.ofHours(1), second);
        assertEquals(3, batches.get());
    }

    @Test
    void cleans_up_again_an_hour_later() {
        round(() -> Uni.createFrom().item(batches.incrementAndGet() < 1));
        TestDatabase.execute("update upkeep set due_at = due_at - interval '1 hour'");

        round(() -> Uni.createFrom().item(batches.incrementAndGet() < 1));

        assertEquals(2, batches.get());
    }

    @Test
    void a_task_with_a_large_backlog_lets_others_run() {
        var others = new AtomicInteger();

        var wait = round(
                () -> Uni.createFrom().item(batches.incrementAndGet() > 0),
                () -> Uni.createFrom().item(others.incrementAndGet() < 0));

        assertEquals(50, batches.get());
        assertEquals(1, others.get());
        assertTrue(wait.compareTo(Duration.ofMinutes(1)) < 0, "it goes on soon");
    }

    @Test
    void a_failing_task_does_not_stop_the_others() {
        round(
                () -> Uni.createFrom().failure(new IllegalStateException("as the test wants it")),
                () -> Uni.createFrom().item(batches.incrementAndGet() < 0));

        assertEquals(1, batches.get());
    }

    @Test
    void takes_over_from_a_dead_replica_after_five_minutes() {
        assertTrue(lease.acquire().await().atMost(Duration.ofSeconds(5)));
        assertFalse(lease.acquire().await().atMost(Duration.ofSeconds(5)));

        TestDatabase.execute("update upkeep set due_at = due_at - interval '5 minutes'");

        assertTrue(lease.acquire().await().atMost(Duration.ofSeconds(5)));
    }

    private Duration round(CleanupTask... tasks) {
        return new CleanupScheduler(vertx, List.of(tasks), lease, LaunchMode.TEST)
                .runAll()
                .await()
                .atMost(Duration.ofSeconds(60));
    }
}
