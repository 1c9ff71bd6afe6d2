package dev.todo.task.events;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.todo.http.concurrency.HasOwnLimit;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Streams changes to the caller's tasks: server-sent events (HTML Living Standard, section 9.2). */
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

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @HasOwnLimit
    @FindsStreamStart
    @Operation(
            operationId = "taskEvents",
            summary = "Stream changes to your tasks",
            description = "`task.created` and `task.updated` carry the task, `task.deleted` its `id`,"
                    + " `version` and `deleted_at`. Several changes to a task may be sent as one event with its"
                    + " latest state. After an unknown `Last-Event-ID`, a `reset` event asks you to reload all tasks."
                    + " A comment is sent every 15 seconds. The stream ends when the session ends.")
    @Parameter(
            name = "Last-Event-ID",
            in = ParameterIn.HEADER,
            description = "Resumes after this event, for up to 30 days",
            schema = @Schema(type = SchemaType.STRING))
    @APIResponse(
            responseCode = "200",
            description = "The stream of events",
            content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(type = SchemaType.STRING)))
    public Multi<OutboundSseEvent> events(Sse sse, RoutingContext request) {
        var user = caller.id();
        var context = Vertx.currentContext();
        // Proxies that buffer (nginx) or compress (Caddy, HAProxy) the stream would delay events
        request.response()
                .putHeader("X-Accel-Buffering", "no")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store, no-transform");
        if (request.request().method() == HttpMethod.HEAD) {
            // A response to HEAD has no body, so a stream would block the connection
            return Multi.createFrom().empty();
        }
        limit.opened(user, request);
        StreamStart start = request.get(StreamStart.ATTRIBUTE);
        var stream = new EventStream(context, user, start.position(), feed, changes, new Reader(request));
        var reset = start.isReset()
                ? Multi.createFrom().item(reset(sse, start))
                : Multi.createFrom().<OutboundSseEvent>empty();
        return Multi.createBy()
                .concatenating()
                .streams(
                        reset,
                        Multi.createFrom()
                                .deferred(stream::pages)
                                .onItem()
                                .transformToIterable(page -> events(sse, page)));
    }

    private static OutboundSseEvent reset(Sse sse, StreamStart start) {
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
