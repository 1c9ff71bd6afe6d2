package dev.todo.task;

import dev.todo.http.paging.Paging;
import dev.todo.http.query.QueryParameters;
import dev.todo.task.TaskFilter.Position;
import dev.todo.user.CurrentUser;
import dev.todo.user.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's tasks, listed, searched and counted. */
@Path("tasks")
@Cancellable(false)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.READ_TASKS)
@Tag(name = "Tasks")
public class TaskListResource {

    private static final String TOTAL = "X-Total-Count";

    private final CurrentUser caller;
    private final QueryParameters query;
    private final Tasks tasks;

    TaskListResource(CurrentUser caller, QueryParameters query, Tasks tasks) {
        this.caller = caller;
        this.query = query;
        this.tasks = tasks;
    }

    @GET
    @Operation(operationId = "listTasks", summary = "List tasks, newest first unless sorted otherwise")
    @APIResponse(
            responseCode = "200",
            description = "A page of tasks",
            headers = {
                @Header(name = HttpHeaders.LINK, description = "The next page, with rel=next, while there is more"),
                @Header(name = TOTAL, description = "How many tasks match on all pages; only with count=true")
            },
            content = @Content(schema = @Schema(type = SchemaType.ARRAY, implementation = TaskView.class)))
    @Parameter(
            name = "completed",
            in = ParameterIn.QUERY,
            description = "Only tasks that are done, or only open ones",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Parameter(
            name = "priority",
            in = ParameterIn.QUERY,
            description = "Only tasks of this priority; repeated, of one of these",
            schema =
                    @Schema(
                            type = SchemaType.ARRAY,
                            implementation = String.class,
                            enumeration = {"low", "medium", "high"}))
    @Parameter(
            name = "tag",
            in = ParameterIn.QUERY,
            description = "Only tasks with this tag; repeated, with all of these",
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            description =
                    "Only tasks with these words, or words that begin so, in title or description, without regard to case and accents",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "due_before",
            in = ParameterIn.QUERY,
            description = "Only tasks that are due before this time",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "due_after",
            in = ParameterIn.QUERY,
            description = "Only tasks that are due at this time or after it",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "overdue",
            in = ParameterIn.QUERY,
            description = "Only tasks that are open and were due before now, or only others",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Parameter(
            name = "updated_since",
            in = ParameterIn.QUERY,
            description = "What changed at this time or after it, deleted tasks too: these have `deleted_at`",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            description = "Ascending, or descending with `-`; tasks without a date come last by `due_at` either way",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            defaultValue = "-created_at",
                            enumeration = {
                                "created_at",
                                "-created_at",
                                "updated_at",
                                "-updated_at",
                                "due_at",
                                "-due_at",
                                "priority",
                                "-priority",
                                "title",
                                "-title"
                            }))
    @Parameter(
            name = "limit",
            in = ParameterIn.QUERY,
            description = "How many at most",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "200", defaultValue = "50"))
    @Parameter(
            name = "cursor",
            in = ParameterIn.QUERY,
            description = "Where to go on; from the header Link of the page before",
            schema = @Schema(type = SchemaType.STRING))
    @Parameter(
            name = "count",
            in = ParameterIn.QUERY,
            description = "Whether to count all tasks that match, in X-Total-Count",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public Uni<RestResponse<List<TaskView>>> list(UriInfo uri) {
        var filter = TaskFilter.of(query);
        var after = query.read("cursor", cursor -> filter.position(caller.id(), cursor));
        var limit = query.number("limit", 50, 1, 200);
        var counted = query.flag("count").orElse(false);
        return until(filter, after)
                .chain(until -> tasks.page(caller.id(), filter, until, after, limit + 1)
                        .map(found ->
                                Paging.page(found, limit, uri, last -> filter.cursorAfter(last, caller.id(), until)))
                        .call(page -> counted
                                ? tasks.count(caller.id(), filter, until).invoke(total -> page.header(TOTAL, total))
                                : Uni.createFrom().voidItem())
                        .map(ResponseBuilder::build));
    }

    @GET
    @Path("stats")
    @Operation(operationId = "getTaskStats", summary = "How many tasks there are")
    public Uni<TaskStats> stats() {
        return tasks.stats(caller.id());
    }

    /** A list of changes has those before its first page was read, on all of its pages: docs/decisions/0010. */
    private Uni<Optional<Instant>> until(TaskFilter filter, Optional<Position> after) {
        if (filter.updatedSince().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return after.map(position -> Uni.createFrom().item(position.until()))
                .orElseGet(() -> tasks.now(caller.id()).map(Optional::of));
    }
}
