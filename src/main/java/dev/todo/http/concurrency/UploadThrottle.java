package dev.todo.http.concurrency;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Spreads a user's large bodies over time: the more bytes the previous ones had, the later the next one is read. */
@Singleton
public class UploadThrottle {

    private static final int BYTES_PER_SECOND = 20 * 1024 * 1024;
    private static final long MAX_DELAY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Vertx vertx;
    private final RecentCallers callers;
    private final Map<UUID, Long> nextTurns = new ConcurrentHashMap<>();

    UploadThrottle(Vertx vertx, RecentCallers callers) {
        this.vertx = vertx;
        this.callers = callers;
    }

    /** Reads a large body when it is this user's turn. A rejected body counts too, since it was received. */
    public <T> Uni<T> inTurn(UUID user, HttpServerRequest request, Supplier<Uni<T>> read) {
        return turnOf(user).chain(read::get).onTermination().invoke(() -> count(user, request.bytesRead()));
    }

    private Uni<Void> turnOf(UUID user) {
        var next = nextTurns.get(user);
        var delay = next == null ? 0 : TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime());
        if (delay < 1 || !callers.includeOthersThan(user)) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom()
                .<Void>emitter(turn -> vertx.setTimer(delay, passed -> turn.complete(null)))
                .emitOn(MutinyHelper.executor(Vertx.currentContext()));
    }

    private void count(UUID user, long bytes) {
        var now = System.nanoTime();
        var nanos = bytes * TimeUnit.SECONDS.toNanos(1) / BYTES_PER_SECOND;
        var next = nextTurns.merge(
                user, now + nanos, (turn, ignored) -> Math.min(Math.max(turn, now) + nanos, now + MAX_DELAY_NANOS));
        vertx.setTimer(TimeUnit.NANOSECONDS.toMillis(next - now) + 1, passed -> nextTurns.remove(user, next));
    }
}
