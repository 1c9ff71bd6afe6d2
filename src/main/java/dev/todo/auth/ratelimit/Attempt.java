package dev.todo.auth.ratelimit;

import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicBoolean;

/** An attempt that was let through; exactly one of its methods is to be called in the end. */
public class Attempt {

    /** Where limits are off. */
    static final Attempt UNLIMITED = new Attempt(null);

    private final RateLimiter limiter;
    private final RateLimitKey[] counted;
    private final AtomicBoolean isOver = new AtomicBoolean();

    Attempt(RateLimiter limiter, RateLimitKey... counted) {
        this.limiter = limiter;
        this.counted = counted;
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
        return settle(0, counted.length == 0 ? null : counted[0].limit().kind);
    }

    private Uni<Void> settle(int add, String cleared) {
        return limiter == null
                ? Uni.createFrom().voidItem()
                : limiter.settle(counted, add, cleared).onTermination().invoke(this::endTurn);
    }

    /** Once, though what fails to be counted is taken back after that. */
    private void endTurn() {
        if (isOver.compareAndSet(false, true)) {
            limiter.endTurn(counted[0]);
        }
    }
}
