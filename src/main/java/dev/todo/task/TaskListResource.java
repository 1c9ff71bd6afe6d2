package dev.todo.task;

import dev.todo.http.paging.Paging;
import dev.todo.http.query.QueryReader;
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
    private final QueryReader queries;
    private final TaskLists tasks;

    TaskListResource(CurrentUser caller, QueryReader queries, TaskLists tasks) {
        this.caller = caller;
        this.queries = queries;
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
    @Parameter(name = "query", in = ParameterIn.QUERY, schema = @Schema(implementation = TaskListQuery.class))
    public Uni<RestResponse<List<TaskView>>> list(UriInfo uri) {
        var query = queries.read(uri, TaskListQuery.class);
        var filter = TaskFilter.of(query);
        var after = QueryReader.read(Paging.CURSOR, query.cursor(), cursor -> filter.position(caller.id(), cursor));
        return until(filter, after)
                .chain(until -> tasks.page(caller.id(), filter, until, after, query.limit() + 1)
                        .map(found -> Paging.page(
                                found, query.limit(), uri, last -> filter.cursorAfter(last, caller.id(), until)))
                        .call(page -> query.count()
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
