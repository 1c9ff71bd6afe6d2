package dev.todo.task.events;

import dev.todo.http.concurrency.TooManyRequests;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Limits how many event streams a user may have open on this replica. */
@Singleton
class StreamLimit {

    private static final int MAX_STREAMS = 20;

    private final Map<UUID, Integer> open = new ConcurrentHashMap<>();

    /** Counts a stream until it ends; throws 429 if there are too many. */
    void opened(UUID user, RoutingContext stream) {
        if (open.merge(user, 1, Integer::sum) > MAX_STREAMS || stream.response().closed()) {
            closed(user);
            throw new TooManyRequests("You have too many open event streams. Close one first.");
        }
        stream.addEndHandler(end -> closed(user));
    }

    private void closed(UUID user) {
        open.computeIfPresent(user, (key, streams) -> streams == 1 ? null : streams - 1);
    }
}
