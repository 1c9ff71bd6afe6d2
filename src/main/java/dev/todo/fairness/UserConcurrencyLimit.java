package dev.todo.fairness;

import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;

/**
 * Works on a few calls of one user at a time and lets the others wait their turn, here and not in the queue for connections
 * to the database, where they would delay everybody. To be asked before the first statement of a call.
 */
// Not a @Singleton: the filters are made before the settings can be read
@ApplicationScoped
public class UserConcurrencyLimit {

    private static final int MAX_AT_WORK = 8;
    private static final String PLACE = UserConcurrencyLimit.class.getName();

    private final Map<UserQueue.Key, UserQueue> queues = new ConcurrentHashMap<>();
    private final int taskCallsAtWork;
    private final int otherCallsAtWork;

    UserConcurrencyLimit(
            @ConfigProperty(name = "quarkus.datasource.reactive.max-size", defaultValue = "20") int connections) {
        // One user, whatever they call, leaves a part of the connections to others
        this.taskCallsAtWork = Math.min(MAX_AT_WORK, Math.max(1, connections / 2));
        this.otherCallsAtWork = Math.min(MAX_AT_WORK, Math.max(1, connections / 4));
    }

    /**
     * Completes when it is this call's turn, in the order of arrival; fails with 429 where too many wait already. The place
     * is freed when the call was answered, or when its work is over though its client is gone.
     */
    public Uni<Void> turnOf(UUID user, RoutingContext call) {
        if (call.get(PLACE) != null) {
            // Who is calling is asked again, by a stream
            return Uni.createFrom().voidItem();
        }
        // Calls on tasks have a queue of their own, so that whoever floods with a stolen token does not keep its owner
        // from ending the session
        var isOnTasks = call.normalizedPath().startsWith("/tasks");
        var place = new Place(new UserQueue.Key(user, isOnTasks));
        call.put(PLACE, place);
        queues.compute(place.queue, (key, queue) -> (queue == null ? newQueue(isOnTasks) : queue).joinedBy(place));
        if (place.isRefused()) {
            return Uni.createFrom().failure(new TooManyRequests("Too many requests of this user are under way."));
        }
        CurrentRequestManager.get().registerCompletionCallback(end -> leave(place, true, isUnavailable(call)));
        call.addEndHandler(end -> leave(place, end.succeeded() || place.isStream(), isUnavailable(call)));
        if (call.response().closed()) {
            leave(place, false);
        }
        return place.turn();
    }

    /** Frees the place of a call that has a limit of its own. */
    void free(RoutingContext call) {
        Place place = call.get(PLACE);
        if (place != null) {
            leave(place, true);
        }
    }

    /** Says that the call streams: nothing of its work is left to do once its client is gone. */
    void endWithConnection(RoutingContext call) {
        Place place = call.get(PLACE);
        if (place != null) {
            place.markAsStream();
            if (call.response().closed()) {
                leave(place, true);
                throw new TooManyRequests("The client is gone.");
            }
        }
    }

    /** A call whose client is gone leaves too, unless it is worked on: what was begun is finished. */
    private void leave(Place place, boolean isWorkOver) {
        leave(place, isWorkOver, false);
    }

    private void leave(Place place, boolean isWorkOver, boolean isDatabaseAway) {
        if (place.state == Place.State.LEFT) {
            return;
        }
        var next = new ArrayList<Place>(1);
        queues.computeIfPresent(place.queue, (key, queue) -> {
            next.addAll(queue.leftBy(place, isWorkOver, isDatabaseAway));
            return queue.isEmpty() ? null : queue;
        });
        next.forEach(Place::begin);
    }

    private static boolean isUnavailable(RoutingContext call) {
        return call.response().getStatusCode() == 503;
    }

    private UserQueue newQueue(boolean isOnTasks) {
        return new UserQueue(isOnTasks ? taskCallsAtWork : otherCallsAtWork);
    }

    /** How many users have calls under way or waiting. */
    int users() {
        return queues.size();
    }
}
