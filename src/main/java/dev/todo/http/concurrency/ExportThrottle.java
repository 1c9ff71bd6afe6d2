package dev.todo.http.concurrency;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads the pages of a user's exports one after the other. It pauses after each one to leave time for writing the page
 * and for other users.
 */
@Singleton
public class ExportThrottle {

    private static final long MAX_PAUSE_MILLIS = 150;

    /**
     * Relative to the duration of the read: writing a page takes about as long as reading it, and the rest is for
     * others.
     */
    private static final int PAUSE_RATIO = 1;

    private static final int PAUSE_RATIO_WITH_OTHERS = 8;

    private final Vertx vertx;
    private final RecentCallers callers;
    private final Map<UUID, CompletableFuture<Void>> latest = new ConcurrentHashMap<>();

    ExportThrottle(Vertx vertx, RecentCallers callers) {
        this.vertx = vertx;
        this.callers = callers;
    }

    public <T> Uni<T> inTurn(UUID user, Supplier<Uni<T>> read) {
        return Uni.createFrom().deferred(() -> {
            var mine = new CompletableFuture<Void>();
            var before = latest.put(user, mine);
            mine.whenComplete((over, failure) -> latest.remove(user, mine));
            return turnAfter(before)
                    .chain(() -> read(user, read, mine))
                    .onCancellation()
                    .invoke(() -> end(before, mine));
        });
    }

    private <T> Uni<T> read(UUID user, Supplier<Uni<T>> read, CompletableFuture<Void> mine) {
        var begin = System.nanoTime();
        return read.get().onTermination().invoke(() -> {
            var took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            var pauseMillis = took * (callers.includeOthersThan(user) ? PAUSE_RATIO_WITH_OTHERS : PAUSE_RATIO);
            vertx.setTimer(Math.min(MAX_PAUSE_MILLIS, pauseMillis) + 1, pause -> mine.complete(null));
        });
    }

    private static Uni<Void> turnAfter(CompletableFuture<Void> before) {
        if (before == null || before.isDone()) {
            return Uni.createFrom().voidItem();
        }
        // Not from the stage itself: cancelling one call would cancel it for the others
        return Uni.createFrom()
                .<Void>emitter(turn -> before.whenComplete((over, failure) -> turn.complete(null)))
                .emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }

    /** Passes the turn of a cancelled call to the next one. */
    private static void end(CompletableFuture<Void> before, CompletableFuture<Void> mine) {
        if (before == null) {
            mine.complete(null);
        } else {
            before.whenComplete((over, failure) -> mine.complete(null));
        }
    }
}
