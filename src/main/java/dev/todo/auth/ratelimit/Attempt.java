package dev.todo.auth.ratelimit;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;

/** An admitted attempt; call exactly one of its methods when it ends. */
public class Attempt {

    /** If rate limits are off. */
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

    /** Adds to the counts, except for the kind that is cleared. */
    interface Settlement {

        Uni<Void> settle(int added, String cleared);
    }

    /** Counts the attempt. */
    public Uni<Void> count() {
        return settle(1, null);
    }

    /** Does not count the attempt, for example because the service was too busy to verify it. */
    public Uni<Void> cancel() {
        return settle(0, null);
    }

    /** Resets the count of the first limit, because the attempt succeeded. */
    public Uni<Void> clear() {
        return settle(0, firstKind);
    }

    private Uni<Void> settle(int added, String cleared) {
        return settlement.settle(added, cleared).onTermination().invoke(this::endTurn);
    }

    /** Only once: if counting fails, the caller also cancels the attempt. */
    private void endTurn() {
        if (isOver.compareAndSet(false, true)) {
            endTurn.run();
        }
    }
}
