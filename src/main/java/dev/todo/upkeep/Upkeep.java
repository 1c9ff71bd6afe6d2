package dev.todo.upkeep;

import io.quarkus.arc.All;
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
 * Does all chores every hour, and soon after the start, as a replica may live for minutes only. One replica at a time does
 * them, a batch after the other. What fails is tried again the next time.
 */
@ApplicationScoped
class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final Duration FIRST = Duration.ofSeconds(10);
    private static final Duration SPREAD = Duration.ofSeconds(20);
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Of one chore in one round, so that the others get their turn. */
    private static final int BATCHES = 50;

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);

    /** The pause is so many times as long as the batch: upkeep keeps a fifth of a connection busy at most. */
    private static final int PAUSE_FACTOR = 4;

    private final Vertx vertx;
    private final List<Chore> chores;
    private final UpkeepLease lease;
    private final LaunchMode mode;

    Upkeep(Vertx vertx, @All List<Chore> chores, UpkeepLease lease, LaunchMode mode) {
        this.vertx = vertx;
        this.chores = chores;
        this.lease = lease;
        this.mode = mode;
    }

    void start(@Observes StartupEvent event) {
        // Tests of chores do them themselves
        if (mode != LaunchMode.TEST) {
            doRoundAfter(FIRST);
        }
    }

    private void doRoundAfter(Duration wait) {
        var spread = ThreadLocalRandom.current().nextLong(SPREAD.toMillis());
        vertx.setTimer(wait.toMillis() + spread, timer -> doRound().subscribe().with(this::doRoundAfter));
    }

    /** Gives how long to wait for the next round. */
    Uni<Duration> doRound() {
        return lease.take()
                .chain(isOurs -> isOurs ? doChores() : Uni.createFrom().item(PERIOD))
                .onFailure()
                .invoke(failure -> LOG.warn("The upkeep waits for the next time", failure))
                .onFailure()
                .recoverWithItem(PERIOD);
    }

    private Uni<Duration> doChores() {
        return Multi.createFrom()
                .iterable(chores)
                .onItem()
                .transformToUniAndConcatenate(chore -> lease.extend()
                        .chain(() -> doBatches(chore, BATCHES))
                        .onFailure()
                        .recoverWithItem(failure -> {
                            LOG.warn("A chore waits for the next time", failure);
                            return false;
                        }))
                .collect()
                .asList()
                .map(unfinished -> unfinished.contains(true) ? SOON : PERIOD)
                .call(lease::giveBackFor);
    }

    private Uni<Boolean> doBatches(Chore chore, int most) {
        var start = System.nanoTime();
        return Uni.createFrom()
                .deferred(chore::doSome)
                .chain(more -> more && most > 1
                        ? pauseAfter(Duration.ofNanos(System.nanoTime() - start))
                                .chain(() -> doBatches(chore, most - 1))
                        : Uni.createFrom().item(more));
    }

    private Uni<Void> pauseAfter(Duration batch) {
        var pause = Math.max(
                SHORTEST_PAUSE.toMillis(), batch.multipliedBy(PAUSE_FACTOR).toMillis());
        return Uni.createFrom().emitter(end -> vertx.setTimer(pause, timer -> end.complete(null)));
    }
}
