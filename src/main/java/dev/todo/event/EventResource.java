package dev.todo.event;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.fairness.HasOwnLimit;
import dev.todo.task.FeedPlace;
import dev.todo.task.TaskFeed;
import dev.todo.user.CurrentUser;
import dev.todo.user.Scope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What becomes of the caller's tasks, as it happens: server-sent events (HTML Living Standard, section 9.2). */
@Path("tasks/events")
@RolesAllowed(Scope.Names.READ_TASKS)
@Tag(name = "Tasks")
public class EventResource {

    private final CurrentUser caller;
    private final TaskFeed feed;
    private final Changes changes;
    private final CallerCheck check;
    private final StreamLimit limit;
    private final ObjectMapper json;

    EventResource(
            CurrentUser caller,
            TaskFeed feed,
            Changes changes,
            CallerCheck check,
            StreamLimit limit,
            ObjectMapper json) {
        this.caller = caller;
        this.feed = feed;
        this.changes = changes;
        this.check = check;
        this.limit = limit;
        this.json = json;
    }

    /** Where a stream begins; with a reset where the client's last event is not known. */
    private record Start(FeedPlace position, boolean isReset) {}

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @HasOwnLimit
    @Operation(
            operationId = "taskEvents",
            summary = "What becomes of the caller's tasks, as it happens",
            description = "`task.created` and `task.updated` have the task as their data, `task.deleted` its `id`,"
                    + " `version` and `deleted_at`. What changed more than once before it was told may be told once, in its"
                    + " latest state. After a `Last-Event-ID` that is not known, `reset` says to load anew."
                    + " A comment every 15 seconds. Ends when the session does.")
    @Parameter(name = "Last-Event-ID", description = "Goes on after this event; known for 30 days")
    @APIResponse(
            responseCode = "200",
            description = "The events, without end",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    public Multi<OutboundSseEvent> events(@HeaderParam("Last-Event-ID") String last, Sse sse, RoutingContext request) {
        var user = caller.id();
        var context = Vertx.currentContext();
        request.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (request.request().method() == HttpMethod.HEAD) {
            // A stream that nobody sees would block the connection
            return Multi.createFrom().empty();
        }
        limit.opened(user, request);
        return start(user, last).onItem().transformToMulti(start -> {
            var stream = new EventStream(context, user, start.position(), feed, changes, new Reader(request));
            var reset = start.isReset()
                    ? Multi.createFrom().item(reset(sse, start))
                    : Multi.createFrom().<OutboundSseEvent>empty();
            return Multi.createBy()
                    .concatenating()
                    .streams(reset, stream.pages().onItem().transformToIterable(page -> events(sse, page)));
        });
    }

    private Uni<Start> start(UUID user, String last) {
        if (last == null || last.isEmpty()) {
            return feed.latest(user).map(latest -> new Start(latest, false));
        }
        return FeedPlace.parse(last)
                .map(place -> feed.isKnown(user, place)
                        .chain(isKnown -> isKnown ? Uni.createFrom().item(new Start(place, false)) : reset(user)))
                .orElseGet(() -> reset(user));
    }

    private Uni<Start> reset(UUID user) {
        return feed.latest(user).map(latest -> new Start(latest, true));
    }

    private static OutboundSseEvent reset(Sse sse, Start start) {
        return sse.newEventBuilder()
                .id(start.position().toString())
                .name("reset")
                .data("{}")
                .build();
    }

    private List<OutboundSseEvent> events(Sse sse, List<TaskEvent> page) {
        return page.isEmpty()
                ? List.of(sse.newEventBuilder().comment("still here").build())
                : page.stream().map(event -> event(sse, event)).toList();
    }

    private OutboundSseEvent event(Sse sse, TaskEvent event) {
        return sse.newEventBuilder()
                .id(event.id().toString())
                .name(event.name())
                .data(event.data(json))
                .build();
    }

    private class Reader implements EventStream.Client {

        private final RoutingContext request;

        Reader(RoutingContext request) {
            this.request = request;
        }

        @Override
        public Uni<Boolean> mayGoOn() {
            return check.stillHolds(request);
        }

        @Override
        public void cutOff() {
            request.request().connection().close();
        }
    }
}
