package dev.todo.http.concurrency;

import dev.todo.http.internals.RestCall;
import dev.todo.http.internals.ServerPipeline;
import io.netty.channel.ChannelFutureListener;
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
 * Limits how many calls of one user run at a time. The others wait here and not in the queue for database connections,
 * where they would delay everybody. Call it before the first statement of a request.
 */
// Not a @Singleton: the filters are created before the settings can be read
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
        // Whatever one user calls, some connections remain for others
        this.maxTaskCalls = Math.min(MAX_RUNNING, Math.max(1, connections / 2));
        this.maxOtherCalls = Math.min(MAX_RUNNING, Math.max(1, connections / 4));
    }

    /**
     * Completes when it is this call's turn, in the order of arrival. Fails with 429 if too many calls are already
     * waiting. The place is freed once the response has been sent, or when the work is done if the client has
     * disconnected.
     */
    public Uni<Void> acquire(UUID user, RoutingContext call) {
        if (call.get(QUEUED) != null) {
            // A stream authenticates its caller again while it runs
            return Uni.createFrom().voidItem();
        }
        // Calls on tasks have their own queue, so that flooding with a stolen token does not keep its owner from ending
        // the session
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

    /** Frees the place of a call that has its own limit. */
    void release(RoutingContext call) {
        QueuedCall queued = call.get(QUEUED);
        if (queued != null) {
            leave(queued, true);
        }
    }

    /** Marks the call as a stream: once its client disconnects, no work is left. */
    void endWithConnection(RoutingContext call) {
        QueuedCall queued = call.get(QUEUED);
        if (queued != null) {
            queued.markAsStream();
            // The call has no end if its client disconnects while the response waits for it to read
            var close = ServerPipeline.of(call.request()).channel().closeFuture();
            ChannelFutureListener listener = closed -> leave(queued, true);
            close.addListener(listener);
            call.addEndHandler(end -> close.removeListener(listener));
            if (call.response().closed()) {
                throw new TooManyRequests("The client has disconnected.");
            }
        }
    }

    /** Also called when the client disconnects: a waiting call leaves then, a running one is finished first. */
    private void leave(QueuedCall queued, boolean isWorkOver) {
        leave(queued, isWorkOver, false);
    }

    private void leave(QueuedCall queued, boolean isWorkOver, boolean isDatabaseUnavailable) {
        if (queued.state == QueuedCall.State.LEFT || queued.state == QueuedCall.State.RESTING) {
            return;
        }
        if (isWorkOver && !isDatabaseUnavailable && callers.includeOthersThan(queued.queue.user())) {
            var rest = new AtomicLong();
            var activeUsers = users();
            queues.computeIfPresent(queued.queue, (key, queue) -> {
                rest.set(queue.rest(queued, activeUsers));
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

    /** The number of users with calls that run or wait. */
    int users() {
        return queues.size();
    }
}
