package dev.todo.cleanup;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jboss.logging.Logger;

/**
 * Runs all {@link CleanupTasks} every hour, and soon after startup because a replica may only live for minutes. One
 * replica at a time runs them, batch by batch. Failed tasks are tried again the next time.
 */
@ApplicationScoped
class CleanupScheduler {

    private static final Logger LOG = Logger.getLogger(CleanupScheduler.class);
    private static final Duration FIRST_DELAY = Duration.ofSeconds(10);
    private static final Duration SPREAD = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Per task in one round, so that the other tasks get their turn. */
    private static final int MAX_BATCHES = 50;

    private static final Duration MIN_PAUSE = Duration.ofMillis(100);

    /**
     * The pause is this many times as long as the batch: the cleanup keeps a connection busy a fifth of the time at
     * most.
     */
    private static final int PAUSE_FACTOR = 4;

    private final Vertx vertx;
    private final List<CleanupTask> tasks;
    private final CleanupLease lease;
    private final LaunchMode mode;

    CleanupScheduler(Vertx vertx, List<CleanupTask> tasks, CleanupLease lease, LaunchMode mode) {
        this.vertx = vertx;
        this.tasks = tasks;
        this.lease = lease;
        this.mode = mode;
    }

    void start(@Observes StartupEvent event) {
        // Tests run the cleanup tasks themselves
        if (mode != LaunchMode.TEST) {
            scheduleIn(FIRST_DELAY);
        }
    }

    private void scheduleIn(Duration wait) {
        var spread = ThreadLocalRandom.current().nextLong(SPREAD.toMillis());
        vertx.setTimer(wait.toMillis() + spread, timer -> runAll().subscribe().with(this::scheduleIn));
    }

    /** Returns how long to wait before the next round. */
    Uni<Duration> runAll() {
        return lease.acquire()
                .chain(isOurs -> isOurs ? runTasks() : Uni.createFrom().item(CleanupTasks.PERIOD))
                .onFailure()
                .invoke(failure -> LOG.warn("The cleanup failed and will run again later", failure))
                .onFailure()
                .recoverWithItem(CleanupTasks.PERIOD);
    }

    private Uni<Duration> runTasks() {
        return Multi.createFrom()
                .iterable(tasks)
                .onItem()
                .transformToUniAndConcatenate(task -> lease.renew()
                        .chain(() -> runBatches(task, MAX_BATCHES))
                        .onFailure()
                        .recoverWithItem(failure -> {
                            LOG.warn("A cleanup task failed and will run again later", failure);
                            return false;
                        }))
                .collect()
                .asList()
                .map(unfinished -> unfinished.contains(true) ? SOON : CleanupTasks.PERIOD)
                .call(lease::releaseFor);
    }

    private Uni<Boolean> runBatches(CleanupTask task, int max) {
        var start = System.nanoTime();
        return Uni.createFrom()
                .deferred(task::runBatch)
                .chain(more -> more && max > 1
                        ? pauseAfter(Duration.ofNanos(System.nanoTime() - start))
                                .chain(() -> runBatches(task, max - 1))
                        : Uni.createFrom().item(more));
    }

    private Uni<Void> pauseAfter(Duration batch) {
        var pause =
                Math.max(MIN_PAUSE.toMillis(), batch.multipliedBy(PAUSE_FACTOR).toMillis());
        return Uni.createFrom().emitter(end -> vertx.setTimer(pause, timer -> end.complete(null)));
    }
}
