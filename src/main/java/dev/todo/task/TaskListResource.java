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
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Lists, searches and counts the caller's tasks. */
@Path("tasks")
@Cancellable(false)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Scope.Names.READ_TASKS)
@Tag(name = "Tasks")
public class TaskListResource {

    private static final String TOTAL = "X-Total-Count";

    private final CurrentUser caller;
    private final QueryParameters query;
    private final TaskLists tasks;

    TaskListResource(CurrentUser caller, QueryParameters query, TaskLists tasks) {
        this.caller = caller;
        this.query = query;
        this.tasks = tasks;
    }

    @GET
    @Operation(operationId = "listTasks", summary = "List tasks, newest first unless sorted otherwise")
    @APIResponse(
            responseCode = "200",
            description = "A page of tasks",
            headers =
                    @Header(
                            name = TOTAL,
                            description = "The number of matching tasks on all pages; only with `count=true`"))
    @Parameter(
            name = "completed",
            in = ParameterIn.QUERY,
            description = "Only completed tasks, or only open ones",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Parameter(
            name = "priority",
            in = ParameterIn.QUERY,
            description = "Only tasks with this priority; repeat it to match any of several",
            schema =
                    @Schema(
                            type = SchemaType.ARRAY,
                            implementation = String.class,
                            enumeration = {"low", "medium", "high"}))
    @Parameter(
            name = "tag",
            in = ParameterIn.QUERY,
            description = "Only tasks with this tag; repeat it to match all of several",
            schema = @Schema(type = SchemaType.ARRAY, implementation = String.class))
    @Parameter(
            name = "q",
            in = ParameterIn.QUERY,
            description = "Only tasks with all of these words, or words that start with them, in title"
                    + " or description, ignoring case and accents")
    @Parameter(
            name = "due_before",
            in = ParameterIn.QUERY,
            description = "Only tasks due before this time",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "due_after",
            in = ParameterIn.QUERY,
            description = "Only tasks due at or after this time",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "overdue",
            in = ParameterIn.QUERY,
            description = "Only overdue tasks (open and due before now), or only the others",
            schema = @Schema(type = SchemaType.BOOLEAN))
    @Parameter(
            name = "updated_since",
            in = ParameterIn.QUERY,
            description = "Only tasks changed at or after this time, including deleted ones, which have `deleted_at`",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Parameter(
            name = "sort",
            in = ParameterIn.QUERY,
            description = "Ascending, or descending with `-`; with `due_at`, tasks without a date always come last",
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
    @Parameter(name = Paging.LIMIT, in = ParameterIn.QUERY)
    @Parameter(name = Paging.CURSOR, in = ParameterIn.QUERY)
    @Parameter(
            name = "count",
            in = ParameterIn.QUERY,
            description = "Whether to return the number of all matching tasks in `X-Total-Count`",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    public Uni<RestResponse<List<TaskView>>> list(UriInfo uri) {
        var filter = TaskFilter.of(query);
        var after = query.read(Paging.CURSOR, cursor -> filter.position(caller.id(), cursor));
        var limit = Paging.limit(query);
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
    @Operation(operationId = "getTaskStats", summary = "Count tasks")
    public Uni<TaskStats> stats() {
        return tasks.stats(caller.id());
    }

    /** All pages of a list of changes end at the latest change before its first page was read: docs/decisions/0010. */
    private Uni<Optional<Instant>> until(TaskFilter filter, Optional<Position> after) {
        if (filter.updatedSince().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return after.map(position -> Uni.createFrom().item(position.until()))
                .orElseGet(() -> tasks.now(caller.id()).map(Optional::of));
    }
}
