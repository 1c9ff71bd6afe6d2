package dev.todo.database;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.MutinyHelper;
import io.vertx.core.Vertx;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Finds the current values of keys. All keys requested in one turn of an event loop are found by one statement: many
 * concurrent requests need few statements, and none waits for another.
 */
public final class BatchedLookup<K, V> {

    private final Vertx vertx;
    private final Function<Set<K>, Uni<Map<K, V>>> statement;
    private final ThreadLocal<Turn> latest = new ThreadLocal<>();

    public BatchedLookup(Vertx vertx, Function<Set<K>, Uni<Map<K, V>>> statement) {
        this.vertx = vertx;
        this.statement = statement;
    }

    /** Null if the key has no value. */
    public Uni<V> find(K key) {
        var context = vertx.getOrCreateContext();
        var turn = latest.get();
        if (turn == null || !turn.takes(key)) {
            turn = new Turn(key);
            latest.set(turn);
            VertxContext.getRootContext(context).runOnContext(turn::end);
        }
        return answer(turn).emitOn(MutinyHelper.executor(context)).map(found -> found.get(key));
    }

    /** Does not return the stage itself: a cancelled request would cancel it for all others. */
    private Uni<Map<K, V>> answer(Turn turn) {
        return Uni.createFrom()
                .emitter(request -> turn.found.whenComplete((found, failure) -> {
                    if (failure == null) {
                        request.complete(found);
                    } else {
                        request.fail(failure);
                    }
                }));
    }

    private class Turn {

        final CompletableFuture<Map<K, V>> found = new CompletableFuture<>();
        private final Set<K> keys = new HashSet<>();
        private boolean isOver;

        Turn(K first) {
            keys.add(first);
        }

        /** False if the statement is already running: it may not see the current value of this key. */
        synchronized boolean takes(K key) {
            if (!isOver) {
                keys.add(key);
            }
            return !isOver;
        }

        synchronized void end(Void now) {
            isOver = true;
            statement.apply(keys).subscribe().with(found::complete, found::completeExceptionally);
        }
    }
}
