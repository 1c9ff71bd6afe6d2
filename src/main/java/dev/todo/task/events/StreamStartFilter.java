package dev.todo.task.events;

import dev.todo.task.FeedPosition;
import dev.todo.task.TaskFeed;
import dev.todo.user.CurrentUser;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.UUID;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Finds where a stream begins before Quarkus sends the response head. So a client that has the head gets every change
 * from then on, and one that connects while the database is unavailable gets 503.
 */
@Singleton
class StreamStartFilter {

    private final CurrentUser caller;
    private final TaskFeed feed;
    private final CurrentVertxRequest request;

    StreamStartFilter(CurrentUser caller, TaskFeed feed, CurrentVertxRequest request) {
        this.caller = caller;
        this.feed = feed;
        this.request = request;
    }

    @ServerRequestFilter
    @FindsStreamStart
    Uni<Void> find(ContainerRequestContext context) {
        var call = request.getCurrent();
        return start(caller.id(), context.getHeaderString("Last-Event-ID"))
                .invoke(start -> call.put(StreamStart.ATTRIBUTE, start))
                .replaceWithVoid();
    }

    private Uni<StreamStart> start(UUID user, String last) {
        if (last == null || last.isEmpty()) {
            return feed.latest(user).map(latest -> new StreamStart(latest, false));
        }
        return FeedPosition.parse(last)
                .map(place -> feed.isKnown(user, place)
                        .chain(isKnown -> isKnown ? Uni.createFrom().item(new StreamStart(place, false)) : reset(user)))
                .orElseGet(() -> reset(user));
    }

    private Uni<StreamStart> reset(UUID user) {
        return feed.latest(user).map(latest -> new StreamStart(latest, true));
    }
}
