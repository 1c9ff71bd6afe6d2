package dev.todo.auth.ratelimit;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;

/** An attempt that was let through; exactly one of its methods is to be called in the end. */
public class Attempt {

    /** Where limits are off. */
    static final Attempt UNLIMITED =
            new Attempt(null, (added, cleared) -> Uni.createFrom().voidItem(), () -> {});

    private final String firstKind;
    private final Settlement settlement;
    private final Runnable endTurn;
    private final AtomicBoolean isOver = new AtomicBoolean();

    Attempt(String firstKind, Settlement settlement, Runnable endTurn) {
        this.firstKind = firstKind;
        this.settlement = settlement;
        this.endTurn = endTurn;
    }

    /** Adds to what is counted, except for the kind that is cleared. */
    interface Settlement {

        Uni<Void> settle(int added, String cleared);
    }

    /** It counts. */
    public Uni<Void> count() {
        return settle(1, null);
    }

    /** It was never made, as when the service was too busy to judge it. */
    public Uni<Void> cancel() {
        return settle(0, null);
    }

    /** It went well: what was counted under the first limit is forgotten. */
    public Uni<Void> clear() {
        return settle(0, firstKind);
    }

    private Uni<Void> settle(int added, String cleared) {
        return settlement.settle(added, cleared).onTermination().invoke(this::endTurn);
    }

    /** Once, though what fails to be counted is taken back after that. */
    private void endTurn() {
        if (isOver.compareAndSet(false, true)) {
            endTurn.run();
        }
    }
}
