package dev.todo.upkeep;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Has all chores done, for the first time when the rush after the start is over, and then every hour. There are pauses between
 * their parts, so that nobody waits for them. What fails is tried again the next time.
 */
@ApplicationScoped
class Upkeep {

    private static final Logger LOG = Logger.getLogger(Upkeep.class);
    private static final Duration FIRST = Duration.ofMinutes(10);
    private static final Duration PERIOD = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final List<Chore> chores;

    Upkeep(Vertx vertx, @All List<Chore> chores) {
        this.vertx = vertx;
        this.chores = chores;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(
                FIRST.toMillis(),
                PERIOD.toMillis(),
                timer -> doAll().subscribe().with(done -> {}));
    }

    private Uni<Void> doAll() {
        return Multi.createFrom()
                .iterable(chores)
                .onItem()
                .transformToUniAndConcatenate(chore -> doAll(chore)
                        .onFailure()
                        .invoke(failure -> LOG.warn("A chore waits for the next time", failure))
                        .onFailure()
                        .recoverWithNull())
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> doAll(Chore chore) {
        return Uni.createFrom()
                .deferred(chore::doSome)
                .repeat()
                .withDelay(PAUSE)
                .whilst(more -> more)
                .onItem()
                .ignoreAsUni();
    }
}
