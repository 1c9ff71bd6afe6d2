package dev.todo.http.concurrency;

import dev.todo.http.internals.RestCall;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Works on a few calls of one user at a time and lets the others wait their turn, here and not in the queue for connections
 * to the database, where they would delay everybody. To be asked before the first statement of a call.
 */
// Not a @Singleton: the filters are made before the settings can be read
@ApplicationScoped
public class UserConcurrencyLimit {

    private static final int MAX_RUNNING = 8;
    private static final String QUEUED = UserConcurrencyLimit.class.getName();

    private final Map<QueueKey, UserQueue> queues = new ConcurrentHashMap<>();
    private final Vertx vertx;
    private final RecentCallers callers;
    private final int maxTaskCalls;
    private final int maxOtherCalls;

    UserConcurrencyLimit(
            Vertx vertx,
            RecentCallers callers,
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size", defaultValue = "20") int connections) {
        this.vertx = vertx;
        this.callers = callers;
        // One user, whatever they call, leaves a part of the connections to others
        this.maxTaskCalls = Math.min(MAX_RUNNING, Math.max(1, connections / 2));
        this.maxOtherCalls = Math.min(MAX_RUNNING, Math.max(1, connections / 4));
    }

    /**
     * Completes when it is this call's turn, in the order of arrival; fails with 429 where too many wait already. The place
     * is freed when the call was answered, or when its work is over though its client is gone.
     */
    public Uni<Void> acquire(UUID user, RoutingContext call) {
        if (call.get(QUEUED) != null) {
            // Who is calling is asked again, by a stream
            return Uni.createFrom().voidItem();
        }
        // Calls on tasks have a queue of their own, so that whoever floods with a stolen token does not keep its owner
        // from ending the session
        var isOnTasks = call.normalizedPath().startsWith("/tasks");
        var queued = new QueuedCall(new QueueKey(user, isOnTasks));
        call.put(QUEUED, queued);
        callers.add(user);
        queues.compute(queued.queue, (key, queue) -> (queue == null ? newQueue(isOnTasks) : queue).add(queued));
        if (queued.isRefused()) {
            return Uni.createFrom()
                    .failure(new TooManyRequests("You have too many requests in progress. Wait for some to finish."));
        }
        RestCall.onCompletion(() -> leave(queued, true, isUnavailable(call)));
        call.addEndHandler(end -> leave(queued, end.succeeded() || queued.isStream(), isUnavailable(call)));
        if (call.response().closed()) {
            leave(queued, false);
        }
        return queued.turn();
    }

    /** Frees the place of a call that has a limit of its own. */
    void release(RoutingContext call) {
        QueuedCall queued = call.get(QUEUED);
        if (queued != null) {
            leave(queued, true);
        }
    }

    /** Says that the call streams: nothing of its work is left to do once its client is gone. */
    void endWithConnection(RoutingContext call) {
        QueuedCall queued = call.get(QUEUED);
        if (queued != null) {
            queued.markAsStream();
            if (call.response().closed()) {
                leave(queued, true);
                throw new TooManyRequests("The client has disconnected.");
            }
        }
    }

    /** A call whose client is gone leaves too, unless it is worked on: what was begun is finished. */
    private void leave(QueuedCall queued, boolean isWorkOver) {
        leave(queued, isWorkOver, false);
    }

    private void leave(QueuedCall queued, boolean isWorkOver, boolean isDatabaseUnavailable) {
        if (queued.state == QueuedCall.State.LEFT || queued.state == QueuedCall.State.RESTING) {
            return;
        }
        if (isWorkOver && !isDatabaseUnavailable && callers.includeOthersThan(queued.queue.user())) {
            var rest = new AtomicLong();
            queues.computeIfPresent(queued.queue, (key, queue) -> {
                rest.set(queue.rest(queued));
                return queue;
            });
            if (rest.get() > 0) {
                vertx.setTimer(rest.get(), rested -> remove(queued, true, false));
                return;
            }
        }
        remove(queued, isWorkOver, isDatabaseUnavailable);
    }

    private void remove(QueuedCall queued, boolean isWorkOver, boolean isDatabaseUnavailable) {
        var next = new ArrayList<QueuedCall>(1);
        queues.computeIfPresent(queued.queue, (key, queue) -> {
            next.addAll(queue.remove(queued, isWorkOver, isDatabaseUnavailable));
            return queue.isEmpty() ? null : queue;
        });
        next.forEach(QueuedCall::begin);
    }

    private static boolean isUnavailable(RoutingContext call) {
        return call.response().getStatusCode() == 503;
    }

    private UserQueue newQueue(boolean isOnTasks) {
        return new UserQueue(isOnTasks ? maxTaskCalls : maxOtherCalls);
    }

    /** How many users have calls under way or waiting. */
    int users() {
        return queues.size();
    }
}
