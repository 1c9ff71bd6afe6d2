package dev.todo.auth.ratelimit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptQueueTest {

    private final Vertx vertx = Vertx.vertx();
    private final AttemptQueue queue = new AttemptQueue();
    private final RateLimit.Key alice = RateLimit.CURRENT_PASSWORD.of("alice");

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void admits_only_as_many_attempts_as_may_fail() {
        for (var i = 0; i < 5; i++) {
            take(alice).join();
        }

        assertFalse(take(alice).isDone());
        take(RateLimit.CURRENT_PASSWORD.of("bob")).join();
    }

    @Test
    void admits_the_longest_waiting_attempt_next() {
        for (var i = 0; i < 5; i++) {
            take(alice).join();
        }
        var waiting = new ArrayList<CompletableFuture<Void>>();
        for (var i = 0; i < 3; i++) {
            waiting.add(take(alice));
        }

        queue.release(RateLimit.CURRENT_PASSWORD.of("alice"));

        waiting.get(0).orTimeout(2, TimeUnit.SECONDS).join();
        assertEquals(
                List.of(true, false, false),
                waiting.stream().map(CompletableFuture::isDone).toList());
    }

    @Test
    void a_timed_out_attempt_fails_and_takes_no_place() {
        for (var i = 0; i < 5; i++) {
            take(alice).join();
        }
        var tooLate = take(alice);

        var failure = assertThrows(
                CompletionException.class,
                () -> tooLate.orTimeout(30, TimeUnit.SECONDS).join());

        assertTrue(failure.getCause() instanceof TooManyAttempts, failure::toString);
        queue.release(alice);
        take(alice).orTimeout(2, TimeUnit.SECONDS).join();
    }

    /** Runs on an event loop, as requests do, and in the order of the calls. */
    private CompletableFuture<Void> take(RateLimit.Key counted) {
        var taken = new CompletableFuture<Void>();
        var registered = new CompletableFuture<Void>();
        vertx.runOnContext(now -> {
            Uni<Void> turn = queue.acquire(counted);
            turn.subscribe().with(taken::complete, taken::completeExceptionally);
            registered.complete(null);
        });
        registered.join();
        return taken;
    }
}
